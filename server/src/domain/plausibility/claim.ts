import type { ArithmeticFault, OperationName } from '../operation.ts'
import { longest } from './magnitude.ts'
import type { Parts } from './parts.ts'
import type { Moduli } from './residues.ts'

export interface Computed {
  readonly operation: OperationName
  readonly operands: readonly string[]
}

/** What an agent says came of an operation. A value is well formed: see `isWellFormed`. */
export type Claim =
  { readonly kind: 'value'; readonly value: string } | { readonly kind: 'error'; readonly code: ArithmeticFault }

export interface Means {
  readonly maxDigits: number
  readonly moduli: Moduli
  /** Whether there is time for an exact computation on numbers of so many digits, which is quadratic in them. */
  readonly hasTimeFor: (digits: number) => boolean
}

/** `unreduced` is of the right value, but not in lowest terms; `congruent` may still be that. */
export type Judgement = 'right' | 'wrong' | 'unreduced' | 'congruent'

/** Digits up to which numbers are always computed with exactly: it takes less than 20 µs. */
const fewDigits = 100

export const isShort = (digits: number): boolean => digits <= fewDigits

/** Whether there is time for an exact computation on these. */
export function hasTimeForAll(numbers: readonly Parts[], { hasTimeFor }: Pick<Means, 'hasTimeFor'>): boolean {
  const digits = longest(...numbers)
  return isShort(digits) || hasTimeFor(digits)
}
