import { describe, expect, test } from 'vitest'
import { durationOf, type OperationDurations } from '../../src/domain/operation.ts'
import { criticalPathMs } from '../../src/domain/plan/plan-analysis.ts'
import { durationsOf, planOf } from './support/compiling.ts'

/** Operands that are alike. */
interface Kind {
  readonly text: string
  readonly readyAt: number
  readonly isInverse: boolean
  readonly isZero?: boolean
}

/** How many operands of each kind are in a chain. */
type Counts = readonly number[]

/** When what operands come to can be there: as it is, and negated or upside down. */
interface Ends {
  readonly direct: number
  readonly inverse: number
}

type Join = (one: Ends, other: Ends, counts: Counts) => Ends

const mostOperands = 7

const texts = ['3', '2^2', '(2^2)^2'] as const
const kindsOf = (powerMs: number): Kind[] =>
  [false, true].flatMap((isInverse) => texts.map((text, powers) => ({ text, readyAt: powers * powerMs, isInverse })))

/** All ways to join the operands, any two groups of them at a time, in any order; each group of counts looked at once. */
function allEnds(kinds: readonly Kind[], join: Join): ReadonlyMap<string, Ends> {
  const known = new Map<string, Ends>()
  for (let size = 1; size <= mostOperands; size += 1) {
    for (const counts of countsOf(kinds.length, size)) {
      let best = size === 1 ? endsOfOne(kinds[counts.indexOf(1)]) : { direct: Infinity, inverse: Infinity }
      for (const part of partsOf(counts)) {
        const [one, other] = [known.get(part.join()), known.get(counts.map((n, i) => n - (part[i] ?? 0)).join())]
        if (one === undefined || other === undefined) continue
        const ends = join(one, other, counts)
        best = { direct: Math.min(best.direct, ends.direct), inverse: Math.min(best.inverse, ends.inverse) }
      }
      known.set(counts.join(), best)
    }
  }
  return known
}

const endsOfOne = (kind: Kind | undefined): Ends => {
  const readyAt = kind?.readyAt ?? 0
  return kind?.isInverse === true ? { direct: Infinity, inverse: readyAt } : { direct: readyAt, inverse: Infinity }
}

function* countsOf(kinds: number, size: number): Generator<Counts> {
  if (kinds === 1) return yield [size]
  for (let first = 0; first <= size; first += 1)
    for (const rest of countsOf(kinds - 1, size - first)) yield [first, ...rest]
}

/** What can be taken out of it. */
function* partsOf([most = 0, ...rest]: Counts): Generator<Counts> {
  const others = rest.length === 0 ? [[]] : partsOf(rest)
  for (const other of others) for (let first = 0; first <= most; first += 1) yield [first, ...other]
}

const joinTerms =
  (durations: OperationDurations): Join =>
  (one, other) => {
    const joinMs = Math.min(durationOf(durations, '+'), durationOf(durations, '-'))
    // A minus before an operand costs nothing.
    const [a, b] = [Math.min(one.direct, one.inverse), Math.min(other.direct, other.inverse)]
    const end = Math.max(a, b) + joinMs
    return { direct: end, inverse: end }
  }

const joinFactors =
  (durations: OperationDurations, kinds: readonly Kind[]): Join =>
  (one, other, counts) => {
    const [multiplyMs, divideMs] = [durationOf(durations, '*'), durationOf(durations, '/')]
    const divided = Math.min(Math.max(one.direct, other.inverse), Math.max(one.inverse, other.direct)) + divideMs
    const hasZero = counts.some((count, kind) => count > 0 && kinds[kind]?.isZero === true)
    return {
      direct: Math.min(Math.max(one.direct, other.direct) + multiplyMs, divided),
      inverse: Math.min(Math.max(one.inverse, other.inverse) + multiplyMs, hasZero ? Infinity : divided),
    }
  }

/** The operands in an order that differs from chain to chain, one that is not inverse first. */
function sourceOf(kinds: readonly Kind[], counts: Counts, [direct, inverse]: readonly [string, string]): string {
  const operands = kinds.flatMap((kind, index) => new Array<Kind>(counts[index] ?? 0).fill(kind))
  const turn = counts.reduce((sum, count, index) => sum + count * (index + 1), 0) % operands.length
  const turned = [...operands.slice(turn), ...operands.slice(0, turn)]
  const first = turned.findIndex(({ isInverse }) => !isInverse)
  const [leading] = turned.splice(first, 1)
  return (leading?.text ?? '') + turned.map(({ text, isInverse }) => (isInverse ? inverse : direct) + text).join('')
}

const pairs = [
  [0, 0],
  [1, 1],
  [3, 3],
  [0, 1],
  [1, 0],
  [1, 2],
  [2, 1],
  [2, 3],
  [3, 2],
  [1, 5],
  [5, 1],
] as const

function expectShortest(
  kinds: readonly Kind[],
  durations: OperationDurations,
  ends: ReadonlyMap<string, Ends>,
  symbols: readonly [string, string],
): number {
  let tried = 0
  for (const [key, { direct }] of ends) {
    const counts = key.split(',').map(Number)
    const size = counts.reduce((sum, count) => sum + count, 0)
    // Of two operands nothing can be regrouped, and the first one is not inverse.
    if (size < 3 || !kinds.some(({ isInverse }, kind) => !isInverse && (counts[kind] ?? 0) > 0)) continue
    const source = sourceOf(kinds, counts, symbols)
    const planned = criticalPathMs(planOf(source, { durations }), durations)
    if (planned !== direct) expect.fail(`${source} takes ${planned} and could take ${direct}`)
    tried += 1
  }
  return tried
}

/** Thirty times what one takes where nothing else runs. */
const patienceMs = 240_000

describe(`no order of up to ${mostOperands} operands ends before the planned one`, () => {
  const others = { '+': 1, '-': 1, '*': 1, '/': 1 }

  test.each(pairs)(
    'sums, with additions of %i and subtractions of %i ms',
    (addMs, subtractMs) => {
      for (const powerMs of [1, 4]) {
        const durations = durationsOf({ ...others, '+': addMs, '-': subtractMs, '^': powerMs })
        const kinds = kindsOf(powerMs)
        const ends = allEnds(kinds, joinTerms(durations))
        expect(expectShortest(kinds, durations, ends, ['+', '-'])).toBe(1578)
      }
    },
    patienceMs,
  )

  test.each(pairs)(
    'products, with multiplications of %i and divisions of %i ms',
    (multiplyMs, divideMs) => {
      for (const powerMs of [1, 4]) {
        const durations = durationsOf({ ...others, '*': multiplyMs, '/': divideMs, '^': powerMs })
        const kinds = [...kindsOf(powerMs), { text: '0', readyAt: 0, isInverse: false, isZero: true }]
        const ends = allEnds(kinds, joinFactors(durations, kinds))
        expect(expectShortest(kinds, durations, ends, ['*', '/'])).toBe(3286)
      }
    },
    patienceMs,
  )
})
