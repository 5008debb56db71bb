/** The product of the whole numbers from `first` to `last`, halves first, so that numbers of like length are multiplied. */
function productOf(first: bigint, last: bigint): bigint {
  if (last < first) return 1n
  if (last - first < 8n) {
    let product = first
    for (let factor = first + 1n; factor <= last; factor += 1n) product *= factor
    return product
  }
  const middle = (first + last) / 2n
  return productOf(first, middle) * productOf(middle + 1n, last)
}

export const factorial = (n: bigint): bigint => productOf(1n, n)

/** @param k at most half of `n` */
export const binomial = (n: bigint, k: bigint): bigint => productOf(n - k + 1n, n) / productOf(1n, k)

/**
 * Whether a result surely has more than `maxDigits` digits, from logarithms, before anything is multiplied: `factorial(10^9)` is too large at
 * once. What passes can still be over the limit: the caller counts.
 */
export function isSurelyLonger(
  of: { readonly factorial: bigint } | { readonly n: bigint; readonly k: bigint },
  maxDigits: number,
): boolean {
  const limit = maxDigits + 1
  // Both more than double with each step from 4 on: 2^4 has two digits.
  const beyond = 4n * BigInt(maxDigits) + 4n
  if ('factorial' in of) {
    if (of.factorial > beyond) return true
    const n = Number(of.factorial)
    // n! is above (n / e)^n.
    return n > 0 && n * Math.log10(n / Math.E) > limit
  }
  if (of.k > beyond) return true
  if (of.k === 0n) return false
  // It is at least (n / k)^k.
  return Number(of.k) * (log10(of.n) - Math.log10(Number(of.k))) > limit
}

function log10(integer: bigint): number {
  const digits = integer.toString()
  return digits.length - 1 + Math.log10(Number(`${digits[0]}.${digits.slice(1, 17)}`))
}
