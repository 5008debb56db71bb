/** With what the program ends: for scripts, so that none ever changes its meaning. */
export const exitCodes = {
  done: 0,
  /** The expression has no value, or its attempts are spent. */
  failed: 1,
  /** Bad arguments. */
  usage: 2,
  /** The server said no: no expression, not signed in, not found, over a limit. */
  refused: 3,
  cancelled: 4,
  /** The server cannot be reached, or what answers is no Reckon. */
  connection: 5,
  /** A fault of this program. */
  internal: 70,
  /** As shells tell of SIGINT. What was submitted goes on. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
