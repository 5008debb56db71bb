import { exitCodes, type ExitCode } from '../exit-code.ts'
import type { Line } from '../terminal/line.ts'
import { printable } from '../terminal/printable.ts'
import type { ExpressionView } from '../watching/documents.ts'
import { markSource, type Stretch } from './source-mark.ts'

export interface NumberForm {
  /** Rounded to so many significant digits; else the number itself. */
  readonly digits: number | undefined
  readonly isFraction: boolean
}

/** What is asked of the server where no digits were told. */
export const defaultDigits = 34

/** Of a longer period the fraction is told. */
const longestRepeating = 40

/** A result as people read it: the number itself, unless digits are told. */
export function writeResult(result: NonNullable<ExpressionView['result']>, { digits, isFraction }: NumberForm): string {
  const { decimal, fraction, repeating, isDecimalExact } = result
  if (isFraction) return fraction
  if (digits !== undefined || isDecimalExact) return decimal
  if (repeating === null) return fraction
  return repeating.includes('(') && repeating.length > longestRepeating ? fraction : repeating
}

export function exitCodeOf({ status }: Pick<ExpressionView, 'status'>): ExitCode {
  switch (status) {
    case 'SUCCEEDED':
      return exitCodes.done
    case 'FAILED':
      return exitCodes.failed
    case 'CANCELLED':
      return exitCodes.cancelled
    // Nothing has gone wrong yet.
    case 'QUEUED':
    case 'RUNNING':
      return exitCodes.done
    default:
      return status satisfies never
  }
}

/** As a program reads it, also as a line of a batch. */
export const expressionRecord = (expression: ExpressionView) => {
  const { __typename: _typename, requestId, version: _version, error, result, ...rest } = expression
  return { ...rest, requestId, result, error: error && withStretch(error, error.span) }
}

const withStretch = ({ code, message }: { readonly code: string; readonly message: string }, at: Stretch) => ({
  code,
  message,
  position: at.position,
  length: at.length,
})

/** Why there is no result, with the place in the source. */
export const describeProblem = (
  { code, message }: { readonly code: string; readonly message: string },
  source: string,
  at: Stretch,
  columns: number,
): Line[] => [
  [{ text: 'reckon: ', tone: 'bad' }, { text: `${printable(message)} (${code})` }],
  ...markSource(source, at, columns),
]
