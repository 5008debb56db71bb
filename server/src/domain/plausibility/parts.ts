/** A number's numerator, with its sign, and its denominator. */
export interface Parts {
  readonly numerator: string
  readonly denominator: string
}

export function partsOf(value: string): Parts {
  const slash = value.indexOf('/')
  if (slash === -1) return { numerator: value, denominator: '1' }
  return { numerator: value.slice(0, slash), denominator: value.slice(slash + 1) }
}

export const countDigits = (integer: string): number => (integer.startsWith('-') ? integer.length - 1 : integer.length)
