/** What a process of those who watch is told on its command line. */
export interface Settings {
  /** Of the servers, which its sockets go to in turn. */
  readonly urls: readonly string[]
  readonly token: string
  /** Which of the processes it is, so that no two of all sockets come from the same address. */
  readonly number: number
}

/** What it is asked for over its channel, one at a time. */
export type Question =
  /** To have so many sockets in all watch an expression; answered when each has its snapshot. */
  | { readonly kind: 'watch'; readonly expressionId: string; readonly subscribers: number }
  /** To begin to count. */
  | { readonly kind: 'begin' }
  /** What was counted, and how long after these moments, of tasks by their index, each socket was shown their ends. */
  | { readonly kind: 'report'; readonly loggedAt: ReadonlyMap<number, number> }

export type Answer = { readonly kind: 'done' } | ({ readonly kind: 'report' } & Report)

export interface Report {
  readonly delaysMs: Float64Array
  readonly payloads: number
  readonly clientDelayMs: number
}
