/** So that a server that comes back is noticed within seconds, and that its clients do not all come at once. */
const baseMs = 250
const capMs = 3_000

/** Anywhere up to a bound that doubles with each failure. `failures` is 1 for the first. */
export const retryDelayMs = (failures: number, random: () => number): number =>
  Math.round(random() * Math.min(capMs, baseMs * 2 ** (failures - 1)))
