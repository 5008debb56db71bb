/**
 * How long a statement of the hot path waits for its answer, as pg's `query_timeout`: over a connection that has gone silent none would
 * come before TCP gives it up, a quarter of an hour later. Each such statement may be sent again. Those that write most take tens of
 * milliseconds.
 */
export const answerTimeoutMs = 15_000
