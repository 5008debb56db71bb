import type { OperationKind } from '../../graphql.ts'

/** What was typed and is not saved yet, by kind. */
export type Drafts = Readonly<Partial<Record<OperationKind, string>>>

export interface Duration {
  readonly kind: OperationKind
  readonly durationMs: number
}

/** The durations that a draft changes. What is no whole number goes to the server as -1, which says what is wrong with it. */
export function changedDurations(durations: readonly Duration[], drafts: Drafts): Duration[] {
  return durations.flatMap(({ kind, durationMs }) => {
    const draft = drafts[kind]?.trim()
    if (draft === undefined || draft === String(durationMs)) return []
    return { kind, durationMs: /^\d{1,9}$/.test(draft) ? Number(draft) : -1 }
  })
}

/** Errors at paths such as `durations.0.durationMs`, by the kind that was sent there. */
export function problemsByKind(
  fields: readonly { readonly path: string; readonly message: string }[],
  sent: readonly Duration[],
): Partial<Record<OperationKind, string>> {
  return Object.fromEntries(
    fields.flatMap(({ path, message }) => {
      const kind = sent[Number(/^(?:input\.)?durations\.(\d+)/.exec(path)?.[1] ?? -1)]?.kind
      return kind === undefined ? [] : [[kind, message]]
    }),
  )
}
