/** Two primes between 2^25 and 2^26, so that products of residues are exact in doubles. */
export type Moduli = readonly [number, number]

const smallest = 2 ** 25

/** Draws the primes that results are checked by: secret and new at each start, so that no wrong value can be made to pass. */
export function drawModuli(random: () => number): Moduli {
  const first = drawPrime(random)
  for (;;) {
    const second = drawPrime(random)
    if (second !== first) return [first, second]
  }
}

function drawPrime(random: () => number): number {
  let candidate = smallest + 1 + 2 * Math.floor(random() * (smallest / 2))
  while (!isPrime(candidate)) candidate = candidate + 2 < 2 * smallest ? candidate + 2 : smallest + 1
  return candidate
}

function isPrime(odd: number): boolean {
  for (let divisor = 3; divisor * divisor <= odd; divisor += 2) if (odd % divisor === 0) return false
  return true
}

/** Digits that a double holds exactly, whatever they are. */
export const exactDigits = 15

const chunk = 8
const chunkScale = 10 ** chunk
const zero = '0'.charCodeAt(0)

/** A whole number modulo a prime, at or above 0. A number of 10 000 digits takes some 15 µs. */
export function residue(text: string, prime: number): number {
  if (text.length <= exactDigits) return wrap(Number(text), prime)
  const isNegative = text.startsWith('-')
  const { length } = text
  let rest = 0
  let at = isNegative ? 1 : 0
  for (let end = at + ((length - at) % chunk || chunk); at < length; end += chunk) {
    let digits = 0
    for (; at < end; at++) digits = digits * 10 + text.charCodeAt(at) - zero
    rest = wrap(rest * chunkScale + digits, prime)
  }
  return isNegative && rest !== 0 ? prime - rest : rest
}

export const multiply = (a: number, b: number, prime: number): number => wrap(a * b, prime)

/** @param exponent a whole number at or above 0 */
export function power(base: number, exponent: number, prime: number): number {
  let result = 1
  let square = base
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = wrap(result * square, prime)
    square = wrap(square * square, prime)
  }
  return result
}

/** The remainder of a whole number that a double holds exactly; `%` takes four times as long for those of more than 31 bits. */
function wrap(integer: number, prime: number): number {
  const rest = integer - Math.floor(integer / prime) * prime
  // The quotient may have been rounded up to the next whole number.
  return rest < 0 ? rest + prime : rest
}
