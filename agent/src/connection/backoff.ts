/** Full jitter: anywhere up to a bound that doubles with each failure. `failures` is 1 for the first. */
export function retryDelayMs(
  failures: number,
  bounds: { baseMs: number; capMs: number },
  random: () => number,
): number {
  const bound = Math.min(bounds.capMs, bounds.baseMs * 2 ** (failures - 1))
  return Math.round(random() * bound)
}
