import {
  counters,
  exportedName,
  gauges,
  histograms,
  type CounterName,
  type GaugeName,
  type HistogramName,
  type Metric,
  type Readings,
} from '../metering/catalogue.ts'
import type { Distribution, MemoryMeter } from '../metering/memory-meter.ts'

/** The format that Prometheus reads: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export const expositionType = 'text/plain; version=0.0.4; charset=utf-8'

/** All that is metered, as Prometheus reads it. */
export function expose(meter: MemoryMeter, readings: readonly Readings[]): string {
  const families = [
    ...namesOf(counters).map((name) => exposeCounter(name, meter)),
    ...namesOf(histograms).map((name) => exposeHistogram(name, meter)),
    ...namesOf(gauges).map((name) => exposeGauge(name, readings)),
  ]
  return `${families.flat().join('\n')}\n`
}

function exposeCounter(name: CounterName, meter: MemoryMeter): string[] {
  const metric: Metric = counters[name]
  const samples = [...meter.counts(name)].map(([label, { value }]) => sample(name, labelOf(metric, label), value))
  return [...headOf(name, metric, 'counter'), ...samples]
}

function exposeHistogram(name: HistogramName, meter: MemoryMeter): string[] {
  const metric = histograms[name]
  const samples = [...meter.distributions(name)].flatMap(([label, distribution]) =>
    exposeDistribution(name, labelOf(metric, label), distribution),
  )
  return [...headOf(name, metric, 'histogram'), ...samples]
}

function exposeDistribution(name: HistogramName, labels: string, { counts, sum }: Distribution): string[] {
  let count = 0
  const lines = counts.map((some, place) => {
    const bound = histograms[name].buckets[place] ?? '+Inf'
    count += some
    return sample(`${name}_bucket`, joined(labels, `le="${bound}"`), count)
  })
  return [...lines, sample(`${name}_sum`, labels, sum), sample(`${name}_count`, labels, count)]
}

function exposeGauge(name: GaugeName, readings: readonly Readings[]): string[] {
  const metric: Metric = gauges[name]
  const values = new Map<string, number>((metric.values ?? []).map((value) => [value, 0]))
  for (const { [name]: reading } of readings)
    if (typeof reading === 'number') values.set('', reading)
    else for (const [label, value] of reading ?? []) values.set(label, value)
  return [
    ...headOf(name, metric, 'gauge'),
    ...[...values].map(([label, value]) => sample(name, labelOf(metric, label), value)),
  ]
}

const headOf = (name: string, { help }: Metric, type: string): string[] => [
  `# HELP ${exportedName(name)} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
  `# TYPE ${exportedName(name)} ${type}`,
]

const sample = (name: string, labels: string, value: number): string =>
  `${exportedName(name)}${labels === '' ? '' : `{${labels}}`} ${value}`

const labelOf = ({ label }: Metric, value: string): string =>
  label === undefined ? '' : `${label}="${escaped(value)}"`

const joined = (...labels: readonly string[]): string => labels.filter((label) => label !== '').join(',')

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>) => Object.keys(table) as Name[]
