import type { Sample } from './useClusterSamples.ts'

export type Figure = 'tasksPerSecond' | 'runningTasks' | 'readyTasks'

export interface Line {
  /** The name of an operation; null for all together. */
  readonly operation: string | null
  readonly values: readonly (number | null)[]
}

/** More lines than these nobody tells apart. */
export const mostLines = 6

export const together = (samples: readonly Sample[], figure: Figure | 'schedulingDelayMs'): Line[] => [
  { operation: null, values: samples.map((sample) => sample[figure]) },
]

/** A line for each of the busiest operations. */
export function byOperation(samples: readonly Sample[], figure: Figure): Line[] {
  const totals = new Map<string, number>()
  for (const sample of samples)
    for (const { operation, ...figures } of sample.byOperation)
      totals.set(operation, (totals.get(operation) ?? 0) + figures[figure])
  const busiest = [...totals].filter(([, total]) => total > 0).toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  // In an order that stays, so that a line keeps its colour while another overtakes it.
  const shown = busiest.slice(0, mostLines).map(([operation]) => operation)
  return shown.toSorted().map((operation) => ({
    operation,
    values: samples.map((sample) => sample.byOperation.find((one) => one.operation === operation)?.[figure] ?? 0),
  }))
}

export interface Summary {
  readonly now: number | null
  readonly most: number
  readonly mean: number
}

/** What a line says, for a sentence. Null where it has no value at all. */
export function summaryOf(values: readonly (number | null)[]): Summary | null {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return null
  const sum = known.reduce((total, value) => total + value, 0)
  return { now: values.at(-1) ?? null, most: Math.max(...known), mean: sum / known.length }
}
