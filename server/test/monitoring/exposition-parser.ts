import { groupBy } from '../../src/lists.ts'

export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Family {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly samples: Sample[]
}

const types = ['counter', 'gauge', 'histogram', 'summary', 'untyped']
const namePattern = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const samplePattern = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const labelPattern = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/y

/** Reads what Prometheus would, and throws at what it would refuse or warn of: more strict than the format. */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const families = new Map<string, Family>()
  let family: Family | null = null
  let help: readonly [name: string, text: string] | null = null
  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '') continue
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (keyword === 'HELP') help = [name, rest]
    else if (keyword === 'TYPE') {
      if (help?.[0] !== name || help[1] === '') throw new Error(`${name} has no help`)
      if (!namePattern.test(name) || !types.includes(rest)) throw new Error(`not a type: ${line}`)
      if (families.has(name)) throw new Error(`${name} comes twice`)
      family = { name, type: rest, help: help[1], samples: [] }
      families.set(name, family)
    } else if (family === null) throw new Error(`belongs to nothing: ${line}`)
    else addSample(family, line)
  }
  for (const one of families.values()) checkFamily(one)
  return families
}

function addSample(family: Family, line: string): void {
  const [, name = '', labels = '', value = ''] = samplePattern.exec(line) ?? []
  const suffixes = family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']
  if (!suffixes.some((suffix) => name === `${family.name}${suffix}`)) throw new Error(`of no family: ${line}`)
  family.samples.push({ name, labels: parseLabels(labels, line), value: parseNumber(value, line) })
}

/** Prometheus takes `NaN` in any spelling, which is what there is of no observation. */
function parseNumber(text: string, line: string): number {
  const value = Number(text.replace('Inf', 'Infinity'))
  if (text === '' || (Number.isNaN(value) && text.toLowerCase() !== 'nan')) throw new Error(`no number: ${line}`)
  return value
}

function parseLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {}
  labelPattern.lastIndex = 0
  while (labelPattern.lastIndex < text.length) {
    const found = labelPattern.exec(text)
    if (found === null) throw new Error(`not labels: ${line}`)
    const [, name = '', value = ''] = found
    if (name in labels) throw new Error(`a label comes twice: ${line}`)
    labels[name] = value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
  }
  return labels
}

function checkFamily({ name, type, samples }: Family): void {
  if ((type === 'counter') !== name.endsWith('_total')) throw new Error(`${name} is a ${type}`)
  const keys = samples.map((sample) => JSON.stringify([sample.name, Object.entries(sample.labels).sort()]))
  if (new Set(keys).size < keys.length) throw new Error(`a sample of ${name} comes twice`)
  if (type === 'counter' && samples.some(({ value }) => value < 0)) throw new Error(`${name} is below zero`)
  if (type !== 'histogram') return
  const groups = groupBy(samples, ({ labels: { le: _le, ...others } }) => JSON.stringify(others))
  for (const [group, some] of groups) checkHistogram(`${name}${group}`, some)
}

function checkHistogram(name: string, samples: readonly Sample[]): void {
  const buckets = samples.filter(({ labels }) => 'le' in labels)
  const bounds = buckets.map(({ labels }) => Number(labels['le']?.replace('+Inf', 'Infinity')))
  const count = samples.find((sample) => sample.name.endsWith('_count'))?.value
  if (!samples.some((sample) => sample.name.endsWith('_sum'))) throw new Error(`${name} has no sum`)
  if (bounds.at(-1) !== Infinity || buckets.at(-1)?.value !== count) throw new Error(`${name} does not end`)
  const rises = (values: readonly number[], mayStay: boolean) =>
    values.every(
      (value, place) => place === 0 || value > values[place - 1]! || (mayStay && value === values[place - 1]),
    )
  if (
    !rises(bounds, false) ||
    !rises(
      buckets.map(({ value }) => value),
      true,
    )
  )
    throw new Error(`${name} does not rise`)
}

/** What a metric says; 0 where it does not say it. */
export function valueOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  for (const { samples } of families.values())
    for (const sample of samples)
      if (sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
        return sample.value
  return 0
}
