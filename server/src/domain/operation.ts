/** What an operation is called, and what stands for it in a source: `+`, `gcd`. See docs/decisions/0024. */
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
  /** One line that says what it computes. */
  readonly description: string
  /** In whole milliseconds, until an admin sets another. */
  readonly defaultDurationMs: number
}

const defaultDurationMs = 1_000

/**
 * The most operands of an operation that takes as many as there are: all of them travel in one message, and of the longest, 20 000
 * characters each, these are two megabytes.
 */
export const maxOperands = 100

const operatorDescriptions: Readonly<Record<OperatorName, string>> = {
  '+': 'The sum of two numbers.',
  '-': 'The first number without the second.',
  '*': 'The product of two numbers.',
  '/': 'The first number divided by the second, as an exact fraction.',
  '^': 'The first number to the power of the second, which is whole.',
}

const functions: readonly (readonly [name: OperationName, fewest: number, most: number, description: string])[] = [
  ['abs', 1, 1, 'The number without its sign.'],
  ['sign', 1, 1, '-1, 0 or 1, as the number is negative, zero or positive.'],
  ['floor', 1, 1, 'The largest whole number that is not above it.'],
  ['ceil', 1, 1, 'The smallest whole number that is not below it.'],
  ['round', 1, 1, 'The nearest whole number, half away from zero.'],
  ['mod', 2, 2, 'What is left of the first number divided by the second; it has the sign of the divisor.'],
  ['gcd', 1, maxOperands, 'The greatest common divisor of whole numbers.'],
  ['lcm', 1, maxOperands, 'The least common multiple of whole numbers.'],
  ['min', 1, maxOperands, 'The smallest of the numbers.'],
  ['max', 1, maxOperands, 'The largest of the numbers.'],
  ['factorial', 1, 1, 'The product of the whole numbers from 1 up to this one, which is whole and not negative.'],
  [
    'binomial',
    2,
    2,
    'In how many ways the second number of things is chosen from the first; both whole and not negative.',
  ],
]

/** The operations that every agent of this project computes, in the order in which they are shown. */
export const builtIns: ReadonlyMap<OperationName, BuiltIn> = new Map(
  [
    ...operatorNames.map((name) => ({
      ...{ name, notation: 'operator' as const, minOperands: 2, maxOperands: 2 },
      description: operatorDescriptions[name],
    })),
    ...functions.map(([name, fewest, most, description]) => ({
      ...{ name, notation: 'function' as const, minOperands: fewest, maxOperands: most },
      description,
    })),
  ].map((operation) => [operation.name, { ...operation, defaultDurationMs }]),
)

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
