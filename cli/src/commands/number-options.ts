import { defaultDigits, type NumberForm } from '../show/outcome.ts'
import type { Options } from './command.ts'

/** How results are written. */
export const numberOptions = {
  digits: { type: 'string', value: 'N', description: 'round to N significant digits, 1 to 1000' },
  fraction: { type: 'boolean', description: 'as a fraction in lowest terms' },
} as const satisfies Options

/** Null where the digits are none. */
export function numberForm(values: { readonly digits?: string; readonly fraction?: boolean }): NumberForm | null {
  const { digits, fraction = false } = values
  if (digits === undefined) return { digits: undefined, isFraction: fraction }
  const isGood = /^\d{1,4}$/.test(digits) && Number(digits) >= 1 && Number(digits) <= 1000
  return isGood ? { digits: Number(digits), isFraction: fraction } : null
}

export const digitsProblem = '--digits must be a whole number from 1 to 1000'

export const askedDigits = ({ digits }: NumberForm): number => digits ?? defaultDigits
