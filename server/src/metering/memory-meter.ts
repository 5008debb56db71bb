import { counters, histograms, type CounterName, type HistogramName, type Metric } from './catalogue.ts'
import type { Meter } from './meter.ts'

/** Label values of one metric that are told apart; what comes beyond is counted together. Agents may bring operations without end. */
const maxLabels = 100
export const otherLabel = 'other'

/** The figures of one metric by the values of its label; those of a metric without one stand under ''. */
class Series<Cell> {
  readonly cells = new Map<string, Cell>()
  readonly #make: () => Cell

  constructor({ label, values = [] }: Metric, make: () => Cell) {
    this.#make = make
    for (const value of label === undefined ? [''] : values) this.#add(value)
  }

  cell(label: string): Cell {
    return this.cells.get(label) ?? (this.cells.size < maxLabels ? this.#add(label) : this.#others())
  }

  #others(): Cell {
    return this.cells.get(otherLabel) ?? this.#add(otherLabel)
  }

  #add(label: string): Cell {
    const cell = this.#make()
    this.cells.set(label, cell)
    return cell
  }
}

export interface Count {
  value: number
}

export interface Distribution {
  /** How many fell into each bucket, and at last beyond them all. */
  readonly counts: number[]
  sum: number
}

/** Keeps all figures in memory. Each count is a look-up and an addition: twenty thousand results a second bring four each. */
export class MemoryMeter implements Meter {
  readonly now: () => number
  readonly #counters = new Map<CounterName, Series<Count>>()
  readonly #histograms = new Map<HistogramName, Series<Distribution>>()

  constructor(now: () => number) {
    this.now = now
    for (const [name, metric] of entriesOf(counters)) this.#counters.set(name, new Series(metric, () => ({ value: 0 })))
    for (const [name, metric] of entriesOf(histograms)) {
      const width = metric.buckets.length + 1
      this.#histograms.set(name, new Series(metric, () => ({ counts: new Array<number>(width).fill(0), sum: 0 })))
    }
  }

  count(name: CounterName, label = '', by = 1): void {
    const cell = this.#counters.get(name)?.cell(label)
    if (cell) cell.value += by
  }

  observe(name: HistogramName, value: number, label = ''): void {
    const cell = this.#histograms.get(name)?.cell(label)
    if (cell === undefined) return
    const { buckets } = histograms[name]
    let place = 0
    while (place < buckets.length && value > (buckets[place] as number)) place++
    cell.counts[place] = (cell.counts[place] ?? 0) + 1
    cell.sum += value
  }

  /** By the values of the label. */
  counts(name: CounterName): ReadonlyMap<string, Readonly<Count>> {
    return this.#counters.get(name)?.cells ?? new Map()
  }

  distributions(name: HistogramName): ReadonlyMap<string, Readonly<Distribution>> {
    return this.#histograms.get(name)?.cells ?? new Map()
  }
}

const entriesOf = <Name extends string, Value>(table: Readonly<Record<Name, Value>>) =>
  Object.entries(table) as [Name, Value][]
