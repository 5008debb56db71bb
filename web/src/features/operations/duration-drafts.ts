/** What was typed and is not saved yet, by the operation's name. */
export type Drafts = Readonly<Record<string, string>>

export interface Duration {
  readonly name: string
  readonly durationMs: number
}

/** The durations that a draft changes. What is no whole number goes to the server as -1, which says what is wrong with it. */
export function changedDurations(durations: readonly Duration[], drafts: Drafts): Duration[] {
  return durations.flatMap(({ name, durationMs }) => {
    const draft = drafts[name]?.trim()
    if (draft === undefined || draft === String(durationMs)) return []
    return { name, durationMs: /^\d{1,9}$/.test(draft) ? Number(draft) : -1 }
  })
}

/** What was typed while others were being saved. */
export const unsentDrafts = (latest: Drafts, sent: Drafts): Drafts =>
  Object.fromEntries(Object.entries(latest).filter(([name, draft]) => draft !== sent[name]))

/** Errors at paths such as `durations.0.durationMs`, by the name of the operation that was sent there. */
export function problemsByName(
  fields: readonly { readonly path: string; readonly message: string }[],
  sent: readonly Duration[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap(({ path, message }) => {
      const name = sent[Number(/^(?:input\.)?durations\.(\d+)/.exec(path)?.[1] ?? -1)]?.name
      return name === undefined ? [] : [[name, message]]
    }),
  )
}
