/** Milliseconds since the Unix epoch with their fractions, to be compared with what other processes of this machine have noted. */
export const wallClock = (): number => performance.timeOrigin + performance.now()
