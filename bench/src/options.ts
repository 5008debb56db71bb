import { parseArgs } from 'node:util'

export interface Options {
  readonly systems: readonly string[]
  readonly scenarios: readonly string[]
  readonly rounds: number
  readonly seed: number
  readonly quick: boolean
  /** A file for the table. */
  readonly report: string | null
}

export type OptionsOutcome =
  | { readonly kind: 'options'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'invalid'; readonly problem: string }

interface Known {
  readonly systems: readonly string[]
  /** Those of them that take part where none is named. */
  readonly usual: readonly string[]
  readonly scenarios: readonly string[]
}

/** Reads the arguments. What is no name may be the beginning of several: `throughput` stands for all whose names begin with it. */
export function readOptions(argv: readonly string[], known: Known): OptionsOutcome {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' },
        scenarios: { type: 'string' },
        rounds: { type: 'string' },
        seed: { type: 'string', default: '1' },
        report: { type: 'string' },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { kind: 'help' }
    return {
      kind: 'options',
      options: {
        systems: values.only === undefined ? [...known.usual] : select('system', values.only, known.systems),
        scenarios: select('scenario', values.scenarios, known.scenarios),
        rounds: wholeNumber('rounds', values.rounds ?? (values.quick ? '1' : '3')),
        seed: wholeNumber('seed', values.seed),
        quick: values.quick,
        report: values.report ?? null,
      },
    }
  } catch (error) {
    return { kind: 'invalid', problem: error instanceof Error ? error.message : String(error) }
  }
}

export const help = ({ systems, scenarios }: Known) => `Usage: npm run bench -- [options]

  --only <systems>       ${systems.join(',')}
                         those of Reckon with somebody who watches over it take part only where they are named
  --scenarios <names>    ${scenarios.join(',')}
                         a beginning that is no name itself stands for all that begin so
  --rounds <number>      3, or 1 with --quick
  --seed <number>        of the trees: 1
  --quick                one round of shorter measurements, for a first look
  --report <file>        writes the tables there too
`

function select(what: string, given: string | undefined, known: readonly string[]): string[] {
  if (given === undefined) return [...known]
  const wanted = given.split(',').map((name) => name.trim())
  const meant = wanted.map((name) =>
    known.filter((one) => (known.includes(name) ? one === name : one.startsWith(name))),
  )
  const unknown = wanted.find((_, place) => meant[place]?.length === 0)
  if (unknown !== undefined) throw new Error(`There is no ${what} ${unknown}; there are ${known.join(', ')}.`)
  return known.filter((one) => meant.flat().includes(one))
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${name} must be a whole number from 1.`)
  return Number(text)
}
