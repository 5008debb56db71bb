/** Leading bits that are worked with: quotients of doubles of no more are never rounded up to the next whole number. */
const leadingBits = 51
const fewestLeadingBits = 2 ** 45
const smallBound = 2n ** 51n

/**
 * The greatest common divisor, never negative; of 0 and 0 it is 0. By Lehmer's method (Knuth, TAOCP 4.5.2, algorithm L): the quotients of
 * some fifteen of Euclid's steps are found from the leading bits alone, in doubles, and done to the long numbers at once. V8 has no gcd of
 * its own, and Euclid's takes twelve times as long for numbers of 10 000 digits.
 */
export function gcd(left: bigint, right: bigint): bigint {
  let [a, b] = [magnitude(left), magnitude(right)]
  if (a < b) [a, b] = [b, a]
  let shift = b < smallBound ? 0 : bitLength(a) - leadingBits
  while (b >= smallBound) {
    let high = Number(a >> BigInt(shift))
    if (high < fewestLeadingBits || high >= 2 ** leadingBits) {
      shift = bitLength(a) - leadingBits
      high = Number(a >> BigInt(shift))
    }
    const { p, q, r, s, top } = quotients(high, Number(b >> BigInt(shift)))
    if (q === 0) [a, b] = [b, a % b]
    else [a, b] = [BigInt(p) * a + BigInt(q) * b, BigInt(r) * a + BigInt(s) * b]
    shift = Math.max(0, shift + Math.ceil(Math.log2(top + 1)) - leadingBits)
  }
  return b === 0n ? a : BigInt(gcdOfSmall(Number(b), Number(a % b)))
}

function gcdOfSmall(left: number, right: number): number {
  let [a, b] = [left, right]
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

/** What as many of Euclid's steps do as the leading bits are enough for: the numbers become `p a + q b` and `r a + s b`. */
function quotients(high: number, low: number) {
  let [a, b, p, q, r, s] = [high, low, 1, 0, 0, 1]
  while (b + r !== 0 && b + s !== 0) {
    const quotient = Math.floor((a + p) / (b + r))
    if (quotient !== Math.floor((a + q) / (b + s))) break
    ;[p, r] = [r, p - quotient * r]
    ;[q, s] = [s, q - quotient * s]
    ;[a, b] = [b, a - quotient * b]
  }
  return { p, q, r, s, top: q === 0 ? low : a }
}

const magnitude = (integer: bigint): bigint => (integer < 0n ? -integer : integer)

function bitLength(integer: bigint): number {
  const hex = integer.toString(16)
  return 4 * hex.length - Math.clz32(parseInt(hex.charAt(0), 16)) + 28
}
