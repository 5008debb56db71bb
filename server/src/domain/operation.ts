/** What an operation is called, and what stands for it in a source: `+`, `gcd`. */
export type OperationName = string

/** The operations that are written between their operands, in the order in which they are shown. */
export const operatorNames = ['+', '-', '*', '/', '^'] as const

export type OperatorName = (typeof operatorNames)[number]

/** What is known of an operation before any agent says a word about it. */
export interface BuiltIn {
  readonly name: OperationName
  /** `operator` is written between its operands, `function` before them: `gcd(12, 18)`. */
  readonly notation: 'operator' | 'function'
  readonly minOperands: number
  readonly maxOperands: number
  /** In whole milliseconds, until an admin sets another. */
  readonly defaultDurationMs: number
}

const defaultDurationMs = 1_000

/**
 * The most operands of an operation that takes as many as there are: all of them travel in one message, and of the longest, 20 000
 * characters each, these are two megabytes.
 */
export const maxOperands = 100

const builtIn = (
  notation: BuiltIn['notation'],
  name: OperationName,
  fewest: number,
  most: number = fewest,
): [OperationName, BuiltIn] => [name, { name, notation, minOperands: fewest, maxOperands: most, defaultDurationMs }]

/** The operations that every agent of this project computes, in the order in which they are shown. */
export const builtIns: ReadonlyMap<OperationName, BuiltIn> = new Map([
  ...operatorNames.map((name) => builtIn('operator', name, 2)),
  ...['abs', 'sign', 'floor', 'ceil', 'round'].map((name) => builtIn('function', name, 1)),
  builtIn('function', 'mod', 2),
  ...['gcd', 'lcm', 'min', 'max'].map((name) => builtIn('function', name, 1, maxOperands)),
  builtIn('function', 'factorial', 1),
  builtIn('function', 'binomial', 2),
])

const identifier = /^[A-Za-z_]\w*$/

/** Whether an operation can have this name: that of an operator, or what can be written before parentheses. */
export const isOperationName = (name: string): boolean => builtIns.has(name) || identifier.test(name)

export const isOperator = (name: OperationName): name is OperatorName => builtIns.get(name)?.notation === 'operator'

/** In the order in which they are shown: the built-in ones first. */
export function inOrder<Operation extends { readonly name: OperationName }>(
  operations: readonly Operation[],
): Operation[] {
  const places = new Map([...builtIns.keys()].map((name, place) => [name, place]))
  const placeOf = ({ name }: Operation): number => places.get(name) ?? places.size
  return operations.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** How long operations take, in whole milliseconds, 0 to `maxDurationMs`. Those that it lacks take their default. */
export type OperationDurations = ReadonlyMap<OperationName, number>

export const durationOf = (durations: OperationDurations, name: OperationName): number =>
  durations.get(name) ?? builtIns.get(name)?.defaultDurationMs ?? defaultDurationMs

export const maxDurationMs = 65_535

/** Arithmetic that has no result; the same whoever computes it. */
export type ArithmeticFault = 'DIVISION_BY_ZERO' | 'FRACTIONAL_EXPONENT' | 'OUTSIDE_DOMAIN' | 'RESULT_TOO_LARGE'
