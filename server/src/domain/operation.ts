/** The kinds of operation, in the order in which they are shown. */
export const operationKinds = ['ADD', 'SUBTRACT', 'MULTIPLY', 'DIVIDE', 'POWER'] as const

export type OperationKind = (typeof operationKinds)[number]

export const operationSymbols: Readonly<Record<OperationKind, string>> = {
  ADD: '+',
  SUBTRACT: '-',
  MULTIPLY: '*',
  DIVIDE: '/',
  POWER: '^',
}

/** How long an operation of each kind takes, in whole milliseconds, 0 to `maxDurationMs`. */
export type OperationDurations = Readonly<Record<OperationKind, number>>

export const maxDurationMs = 65_535

/** Arithmetic that has no result; the same whoever computes it. */
export type ArithmeticFault = 'DIVISION_BY_ZERO' | 'FRACTIONAL_EXPONENT' | 'RESULT_TOO_LARGE'
