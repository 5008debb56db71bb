import { binomial, factorial, isSurelyLonger } from './counting.ts'
import { extreme } from './extremes.ts'
import { gcd } from './gcd.ts'
import { add, multiply, negate, parse, type Rational } from './rational.ts'

/** What a function comes to, or why it comes to nothing. */
export type FunctionResult =
  | { readonly kind: 'number'; readonly number: Rational }
  | { readonly kind: 'division-by-zero' | 'outside-domain'; readonly message: string }
  | { readonly kind: 'too-large' }

type Compute = (operands: readonly Rational[], maxDigits: number) => FunctionResult

interface FunctionOf {
  readonly fewest: number
  readonly most: number
  readonly compute: (operands: readonly string[], maxDigits: number) => FunctionResult
}

const number = (value: Rational): FunctionResult => ({ kind: 'number', number: value })
const whole = (value: bigint): FunctionResult => number({ numerator: value, denominator: 1n })
const outside = (message: string): FunctionResult => ({ kind: 'outside-domain', message })
const zero: Rational = { numerator: 0n, denominator: 1n }

const magnitude = (integer: bigint): bigint => (integer < 0n ? -integer : integer)

/** Towards minus infinity. */
function floor({ numerator, denominator }: Rational): bigint {
  const quotient = numerator / denominator
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient
}

/** Half away from zero, as people round: 2.5 is 3 and -2.5 is -3. */
function round(value: Rational): bigint {
  const { numerator, denominator } = value
  const rounded = (2n * magnitude(numerator) + denominator) / (2n * denominator)
  return numerator < 0n ? -rounded : rounded
}

const read =
  (compute: Compute): FunctionOf['compute'] =>
  (operands, maxDigits) =>
    compute(operands.map(parse), maxDigits)

const ofOne = (compute: (value: Rational) => Rational | bigint): FunctionOf => ({
  fewest: 1,
  most: 1,
  compute: read(([value = zero]) => {
    const result = compute(value)
    return typeof result === 'bigint' ? whole(result) : number(result)
  }),
})

/** Of as many as there are; what it is for two of them it is for all. */
const ofMany = (compute: FunctionOf['compute']): FunctionOf => ({ fewest: 1, most: 100, compute })

const ofWhole = (
  name: string,
  compute: (integers: readonly bigint[], maxDigits: number) => FunctionResult,
): FunctionOf['compute'] =>
  read((operands, maxDigits) =>
    operands.some(({ denominator }) => denominator !== 1n)
      ? outside(`${name} wants whole numbers.`)
      : compute(
          operands.map(({ numerator }) => numerator),
          maxDigits,
        ),
  )

function lcm(integers: readonly bigint[], maxDigits: number): FunctionResult {
  if (integers.includes(0n)) return whole(0n)
  const limit = 10n ** BigInt(maxDigits)
  let common = 1n
  for (const integer of integers) {
    const size = magnitude(integer)
    common = (common / gcd(common, size)) * size
    // It only grows: a hundred of the longest are not to be multiplied before that is said.
    if (common >= limit) return { kind: 'too-large' }
  }
  return whole(common)
}

/** With the sign of the divisor: `a - b * floor(a / b)`. */
function mod([a = zero, b = zero]: readonly Rational[]): FunctionResult {
  if (b.numerator === 0n) return { kind: 'division-by-zero', message: 'mod wants a divisor that is not 0.' }
  const quotient = floor({
    numerator: (b.numerator < 0n ? -a.numerator : a.numerator) * b.denominator,
    denominator: a.denominator * magnitude(b.numerator),
  })
  return number(add(a, negate(multiply({ numerator: quotient, denominator: 1n }, b))))
}

const functions: ReadonlyMap<string, FunctionOf> = new Map([
  ['abs', ofOne((value) => (value.numerator < 0n ? negate(value) : value))],
  ['sign', ofOne(({ numerator }) => (numerator > 0n ? 1n : numerator < 0n ? -1n : 0n))],
  ['floor', ofOne(floor)],
  ['ceil', ofOne((value) => -floor(negate(value)))],
  ['round', ofOne(round)],
  ['mod', { fewest: 2, most: 2, compute: read(mod) }],
  ['gcd', ofMany(ofWhole('gcd', (integers) => whole(integers.reduce((one, other) => gcd(one, other), 0n))))],
  ['lcm', ofMany(ofWhole('lcm', lcm))],
  ['min', ofMany((operands) => number(extreme(operands, -1)))],
  ['max', ofMany((operands) => number(extreme(operands, 1)))],
  [
    'factorial',
    {
      fewest: 1,
      most: 1,
      compute: ofWhole('factorial', ([n = 0n], maxDigits) => {
        if (n < 0n) return outside('factorial wants a whole number of 0 or more.')
        return isSurelyLonger({ factorial: n }, maxDigits) ? { kind: 'too-large' } : whole(factorial(n))
      }),
    },
  ],
  [
    'binomial',
    {
      fewest: 2,
      most: 2,
      compute: ofWhole('binomial', ([n = 0n, k = 0n], maxDigits) => {
        if (n < 0n || k < 0n) return outside('binomial wants whole numbers of 0 or more.')
        if (k > n) return whole(0n)
        const smaller = 2n * k > n ? n - k : k
        return isSurelyLonger({ n, k: smaller }, maxDigits) ? { kind: 'too-large' } : whole(binomial(n, smaller))
      }),
    },
  ],
])

/** Computes a function; undefined where there is none of this name. Throws at a number of operands that it does not take. */
export function callFunction(name: string, operands: readonly string[], maxDigits: number): FunctionResult | undefined {
  const called = functions.get(name)
  if (called === undefined) return undefined
  if (operands.length < called.fewest || operands.length > called.most)
    throw new Error(`${name} does not take ${operands.length} operands.`)
  return called.compute(operands, maxDigits)
}
