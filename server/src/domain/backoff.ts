export interface BackoffBounds {
  readonly firstMs: number
  readonly maxMs: number
}

/** How long to wait before the next try, in milliseconds: after each that failed twice as long. @param failures that were before, from 1 */
export const backoffMs = (failures: number, { firstMs, maxMs }: BackoffBounds): number =>
  Math.min(firstMs * 2 ** (failures - 1), maxMs)
