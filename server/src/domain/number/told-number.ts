import { toDecimal } from './decimal.ts'

/** A result as programs are told it, by REST and by webhooks alike. */
export interface ToldNumber {
  readonly decimal: string
  readonly fraction: string
  readonly isDecimalExact: boolean
}

/** @param digits significant ones of the decimal; as many as it has by itself where not told */
export function tellNumber(fraction: string, digits?: number): ToldNumber {
  const { text: decimal, exact: isDecimalExact } = toDecimal(fraction, digits)
  return { decimal, fraction, isDecimalExact }
}
