import type { Stage } from './harness/stage.ts'

/** `quick` is what each run of the tests can afford; `whole` is the size at which the defect was found, or worse. */
export type Size = 'quick' | 'whole'

/** What a probe has found out, by name; lists are what all its requests came to, each once. */
export type Facts = Readonly<Record<string, number | boolean | readonly string[]>>

/** What a fact has to be. */
export type Expectation =
  | { readonly atMost: number }
  | { readonly atLeast: number }
  | { readonly is: boolean }
  /** Each of the list is one of these. */
  | { readonly within: readonly string[] }
  /** None of the list is one of these. */
  | { readonly without: readonly string[] }
  /** At least one of the list is one of these. */
  | { readonly some: readonly string[] }

/** What the server may cost itself and others while a probe runs. */
export interface Bounds {
  /** Of the server's main thread, in milliseconds; for all that the probe asks for together. */
  readonly processorMs: number
  /** For how long the event loop may stand still, in processor time; `/health` waits no longer than this. */
  readonly stretchMs: number
  /** What `1+1` of somebody else may take. */
  readonly neighbourMs: number
  readonly memoryMiB: number
  readonly logKiB: number
}

export const usualBounds: Bounds = {
  processorMs: 3_000,
  stretchMs: 100,
  neighbourMs: 1_000,
  memoryMiB: 256,
  logKiB: 64,
}

/** Something that somebody tries who wants it to fail. */
export interface Probe {
  readonly name: string
  /** What it is one of: see SECURITY.md. */
  readonly kind: 'strangers' | 'queries' | 'expressions' | 'agents' | 'accounts' | 'transport'
  readonly bounds?: Partial<Bounds>
  readonly expected: Readonly<Record<string, Expectation>>
  /** How long it may take before the server is taken for dead; 60 s unless told. */
  readonly limitMs?: number
  /** Settings of a server of its own. */
  readonly environment?: Readonly<Record<string, string>>
  /** Not with the tests of each run. */
  readonly onlyWhole?: boolean
  drive(stage: Stage): Promise<Facts>
}
