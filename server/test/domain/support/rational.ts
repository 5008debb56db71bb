/** A rational by schoolbook rules, kept apart from the code under test and from fraction.js: the tests' oracle. */
export interface Rational {
  readonly n: bigint
  /** Above 0. */
  readonly d: bigint
}

export function rational(n: bigint, d: bigint): Rational {
  const sign = d < 0n ? -1n : 1n
  const divisor = gcd(n < 0n ? -n : n, d < 0n ? -d : d)
  return { n: (sign * n) / divisor, d: (sign * d) / divisor }
}

export function toText({ n, d }: Rational): string {
  return d === 1n ? `${n}` : `${n}/${d}`
}

/** Reads `n`, `n/d`, `1.5`, `1.5E-7` and `0.1(6)`. */
export function fromText(text: string): Rational {
  if (text.endsWith(')')) return fromRepeating(text)
  const [top = '', bottom = '1'] = text.split('/')
  const [mantissa = '', exponent = '0'] = top.split(/e/i)
  const [whole = '', fraction = ''] = mantissa.split('.')
  const scale = 10n ** BigInt(Math.abs(Number(exponent)))
  const n = BigInt(whole + fraction)
  const d = 10n ** BigInt(fraction.length) * BigInt(bottom)
  return Number(exponent) < 0 ? rational(n, d * scale) : rational(n * scale, d)
}

/** Its decimals up to the period, and the geometric series of the rest. */
function fromRepeating(text: string): Rational {
  const [lead = '', period = ''] = text.slice(0, -1).split('(')
  const sign = text.startsWith('-') ? -1n : 1n
  const places = BigInt(lead.length - 1 - lead.indexOf('.'))
  const rest = rational(sign * BigInt(period), 10n ** places * (10n ** BigInt(period.length) - 1n))
  const sum = calculate('+', fromText(lead.replace(/^-?\./, `${text.startsWith('-') ? '-' : ''}0.`)), rest)
  return sum ?? rest
}

/** What an operation on numbers as texts comes to; null where it has no value. */
export function resultOf(operation: string, operands: readonly string[]): string | null {
  const [a, b] = operands.map(fromText)
  if (a === undefined || b === undefined) throw new Error(`${operation} lacks an operand`)
  const value = calculate(operation, a, b)
  return value && toText(value)
}

/** Null where the operation has no value. */
export function calculate(symbol: string, a: Rational, b: Rational): Rational | null {
  switch (symbol) {
    case '+':
      return rational(a.n * b.d + b.n * a.d, a.d * b.d)
    case '-':
      return rational(a.n * b.d - b.n * a.d, a.d * b.d)
    case '*':
      return rational(a.n * b.n, a.d * b.d)
    case '/':
      return b.n === 0n ? null : rational(a.n * b.d, a.d * b.n)
    default:
      if (b.d !== 1n) return null
      if (b.n >= 0n) return rational(a.n ** b.n, a.d ** b.n)
      return a.n === 0n ? null : rational(a.d ** -b.n, a.n ** -b.n)
  }
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 0n ? 1n : a
}
