import type { Count } from './list-reader.ts'

/** What is known of a list beside its rows. */
export interface ListView {
  /** Rises with every change of the list. */
  readonly revision: number
  readonly phase: 'loading' | 'ready' | 'failed'
  /** Why it cannot go on, where the server said so. */
  readonly problem: string | null
  /** Null until it is known. */
  readonly count: Count | null
  readonly searchedTo: string | null
}
