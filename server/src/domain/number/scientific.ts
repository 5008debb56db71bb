/** `coefficient * 10^exponent`. */
export interface ScaledDigits {
  readonly coefficient: string
  readonly exponent: number
}

/** Zeros at the end go, except those before the units of a number that its `digits` can write without an exponent. */
export function withoutZeros(coefficient: string, exponent: number, digits: number): ScaledDigits {
  let length = coefficient.length
  while (length > 1 && coefficient[length - 1] === '0') length -= 1
  const shortest = coefficient.slice(0, length)
  const shortestExponent = exponent + coefficient.length - length
  const isPlainInteger = shortestExponent > 0 && length + shortestExponent <= digits
  return isPlainInteger
    ? { coefficient: shortest + '0'.repeat(shortestExponent), exponent: 0 }
    : { coefficient: shortest, exponent: shortestExponent }
}

const minPlainExponent = -6

/** As IEEE 754 to-scientific-string writes it. */
export function toScientific({ coefficient, exponent }: ScaledDigits): string {
  const adjusted = exponent + coefficient.length - 1
  if (exponent > 0 || adjusted < minPlainExponent) {
    const decimals = coefficient.length > 1 ? `.${coefficient.slice(1)}` : ''
    return `${coefficient.slice(0, 1)}${decimals}E${adjusted < 0 ? '-' : '+'}${Math.abs(adjusted)}`
  }
  if (exponent === 0) return coefficient
  const padded = coefficient.padStart(1 - exponent, '0')
  return `${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}
