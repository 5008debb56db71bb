/** What concerns this process alone. */
export type LocalSignal =
  /** This replica's figures changed; the others read them with its heartbeat. */
  | { readonly kind: 'stats' }
  /** Somebody here has begun to watch this, and nobody did before. */
  | { readonly kind: 'watched'; readonly what: Watchable; readonly id: string }
  /** Another replica knows that these are watched here, and tells of their changes from now on. */
  | {
      readonly kind: 'watchAcknowledged'
      readonly replicaId: string
      readonly what: Watchable
      readonly ids: readonly string[]
    }
  /** What other replicas announced in these last milliseconds may be lost. */
  | { readonly kind: 'missed'; readonly forMs: number }

/** What is watched here and may change elsewhere: expressions, one or those of a user; the tasks of an expression; all agents. */
export type Watchable = 'expressions' | 'tasks' | 'agents'

/** The id of what there is but one list of. */
export const everyone = 'everyone'
