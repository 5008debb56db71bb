import { rational, type Rational } from './rational.ts'

const size = (n: bigint): bigint => (n < 0n ? -n : n)
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
const whole = (n: bigint): Rational => rational(n, 1n)
const less = (a: Rational, b: Rational): boolean => a.n * b.d < b.n * a.d

/** By looking for the remainder that is not negative. */
function floor({ n, d }: Rational): bigint {
  const rest = ((n % d) + d) % d
  return (n - rest) / d
}

const factorial = (n: bigint): bigint => (n <= 1n ? 1n : n * factorial(n - 1n))

/** A row of Pascal's triangle after the other. */
function binomial(n: bigint, k: bigint): bigint {
  let row = [1n]
  for (let i = 0n; i < n; i++) row = [1n, ...row.slice(1).map((entry, at) => entry + (row[at] ?? 0n)), 1n]
  return row[Number(k)] ?? 0n
}

/** What a function comes to, by schoolbook rules; null where it has no value. Counting is for small numbers. */
export function callFunction(name: string, operands: readonly Rational[]): Rational | null {
  const [a = whole(0n), b = whole(0n)] = operands
  const sizes = operands.map(({ n }) => size(n))
  const areWhole = operands.every(({ d }) => d === 1n)
  switch (name) {
    case 'abs':
      return rational(size(a.n), a.d)
    case 'sign':
      return whole(a.n === 0n ? 0n : a.n / size(a.n))
    case 'floor':
      return whole(floor(a))
    case 'ceil':
      return whole(a.d === 1n ? a.n : floor(a) + 1n)
    case 'round':
      return whole((a.n < 0n ? -1n : 1n) * floor(rational(2n * size(a.n) + a.d, 2n * a.d)))
    case 'mod': {
      if (b.n === 0n) return null
      const times = floor(rational(a.n * b.d, a.d * b.n))
      return rational(a.n * b.d - times * b.n * a.d, a.d * b.d)
    }
    case 'gcd':
      return areWhole ? whole(sizes.reduce(gcd, 0n)) : null
    case 'lcm':
      if (!areWhole) return null
      return whole(sizes.includes(0n) ? 0n : sizes.reduce((one, other) => (one * other) / gcd(one, other)))
    case 'min':
      return operands.reduce((one, other) => (less(other, one) ? other : one))
    case 'max':
      return operands.reduce((one, other) => (less(one, other) ? other : one))
    case 'factorial':
      return areWhole && a.n >= 0n ? whole(factorial(a.n)) : null
    case 'binomial':
      return areWhole && a.n >= 0n && b.n >= 0n ? whole(binomial(a.n, b.n)) : null
    default:
      throw new Error(`There is no ${name}.`)
  }
}
