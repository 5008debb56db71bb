/**
 * How often `prime` divides `value` (above 0), and what is left. The divisors are squared as they go, so that a number of
 * 10 000 digits takes some thirty divisions and not some thirty thousand.
 */
export function removeFactor(value: bigint, prime: bigint): { readonly rest: bigint; readonly count: number } {
  const divisors: bigint[] = []
  let rest = value
  let count = 0
  for (let divisor = prime; rest % divisor === 0n; divisor *= divisor) {
    rest /= divisor
    count += 2 ** divisors.length
    divisors.push(divisor)
  }
  for (const [doublings, divisor] of [...divisors.entries()].reverse()) {
    if (rest % divisor === 0n) {
      rest /= divisor
      count += 2 ** doublings
    }
  }
  return { rest, count }
}
