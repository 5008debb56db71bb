import type { QueryConfig } from 'pg'

/** One whose answer is waited for so long, in milliseconds, in the place of what holds for its lane; of `pg`, and not in its types. */
export interface TimedQuery extends QueryConfig {
  readonly query_timeout: number
}
