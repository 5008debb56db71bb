import type { Measurement, Unit } from '../scenarios/scenario.ts'
import type { Sample } from '../run.ts'
import { median } from './statistics.ts'

/** Markdown: what was asked first, then what it took. Each figure is the median of the rounds, in brackets that of its ratio to the reference in the same round. */
export function tables(samples: readonly Sample[], systems: readonly string[]): string {
  return [table('primary', samples, systems), table('resource', samples, systems)]
    .filter((text) => text !== '')
    .join('\n')
}

function table(kind: Measurement['kind'], samples: readonly Sample[], systems: readonly string[]): string {
  const rows = new Map(samples.filter((sample) => sample.kind === kind).map(({ metric, unit }) => [metric, unit]))
  if (rows.size === 0) return ''
  const lines = [...rows].map(([metric, unit]) => {
    const cells = systems.map((system) => cell(samples, metric, unit, system, systems[0]))
    return `| ${metric} | ${unit} | ${cells.join(' | ')} |`
  })
  return [
    `| ${kind === 'primary' ? 'What' : 'What it takes'} | | ${systems.join(' | ')} |`,
    `|---|---|${systems.map(() => '---:').join('|')}|`,
    ...lines,
    '',
  ].join('\n')
}

function cell(
  samples: readonly Sample[],
  metric: string,
  unit: Unit,
  system: string,
  reference: string | undefined,
): string {
  const byRound = (name: string | undefined) =>
    new Map(
      samples.filter((one) => one.system === name && one.metric === metric).map(({ round, value }) => [round, value]),
    )
  const own = byRound(system)
  if (own.size === 0) return '–'
  const value = format(median([...own.values()]), unit)
  if (system === reference) return value
  const references = byRound(reference)
  const ratios = [...own].map(([round, value]) => value / (references.get(round) ?? NaN)).filter(Number.isFinite)
  return ratios.length === 0 ? value : `${value} (×${median(ratios).toPrecision(2)})`
}

function format(value: number, unit: Unit): string {
  switch (unit) {
    case 'operations/s':
    case 'bytes/operation':
    case 'MiB':
      return Math.round(value).toLocaleString('en').replaceAll(',', ' ')
    case 'ms':
      return value.toFixed(2)
    case '%':
    case 'µs/operation':
      return value.toFixed(1)
    default:
      return unit satisfies never
  }
}
