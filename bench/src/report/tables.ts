import { applies, type Measurement, type Scenario, type Unit } from '../scenarios/scenario.ts'
import type { System } from '../systems/system.ts'
import type { Sample } from '../run.ts'
import { median } from './statistics.ts'

/** Markdown: what was asked first, then what it took. Each figure is the median of the rounds, in brackets that of its ratio to the reference in the same round. */
export function tables(samples: readonly Sample[], systems: readonly System[], scenarios: readonly Scenario[]): string {
  return [table('primary', samples, systems, scenarios), table('resource', samples, systems, scenarios)]
    .filter((text) => text !== '')
    .join('\n')
}

function table(
  kind: Measurement['kind'],
  samples: readonly Sample[],
  systems: readonly System[],
  scenarios: readonly Scenario[],
): string {
  const rows = new Map(samples.filter((sample) => sample.kind === kind).map((sample) => [sample.metric, sample]))
  if (rows.size === 0) return ''
  const [reference] = systems
  const lines = [...rows.values()].map(({ metric, unit, scenario: name }) => {
    const of = samples.filter((sample) => sample.metric === metric)
    const scenario = scenarios.find((one) => one.name === name)
    const cells = systems.map((system) =>
      scenario && !applies(scenario, system) ? 'n/a' : cell(of, unit, system.name, reference?.name),
    )
    return `| ${metric} | ${unit} | ${cells.join(' | ')} |`
  })
  return [
    `| ${kind === 'primary' ? 'What' : 'What it takes'} | | ${systems.map(({ name }) => name).join(' | ')} |`,
    `|---|---|${systems.map(() => '---:').join('|')}|`,
    ...lines,
    '',
  ].join('\n')
}

/** @param samples of one metric */
function cell(samples: readonly Sample[], unit: Unit, system: string, reference: string | undefined): string {
  const byRound = (name: string | undefined) =>
    new Map(samples.filter((one) => one.system === name).map(({ round, value }) => [round, value]))
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
    case 'payloads/s':
    case 'pictures/s':
    case 'rows':
    case 'bytes/operation':
    case 'MiB':
      return Math.round(value).toLocaleString('en').replaceAll(',', ' ')
    case 's':
    case 'ms':
      return value.toFixed(2)
    case '%':
    case 'kB':
    case 'µs/operation':
    case 'µs/payload':
      return value.toFixed(1)
    default:
      return unit satisfies never
  }
}
