import type { CounterName, HistogramName } from './catalogue.ts'

/** Is told what happens, where it happens. It keeps figures, and none of them is about a user, an expression or an agent. See docs/decisions/0036. */
export interface Meter {
  /** Milliseconds that only rise, for how long something takes. */
  now(): number
  /** @param label the value of the metric's one label, where it has one */
  count(name: CounterName, label?: string, by?: number): void
  /** @param value in the metric's unit: seconds, for all whose names end so */
  observe(name: HistogramName, value: number, label?: string): void
}

/** Where nobody wants to know. */
export const silentMeter: Meter = { now: () => 0, count: () => {}, observe: () => {} }
