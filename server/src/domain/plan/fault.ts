import { isOperator, type ArithmeticFault, type OperationName } from '../operation.ts'

const domains: ReadonlyMap<OperationName, string> = new Map([
  ['gcd', 'wants whole numbers'],
  ['lcm', 'wants whole numbers'],
  ['factorial', 'wants a whole number of 0 or more'],
  ['binomial', 'wants whole numbers of 0 or more'],
])

/**
 * What to tell a person, who counts from 1.
 * @param position from 0
 * @param spelling as it was written, `÷`, where that is known
 */
export function describeFault(
  operation: OperationName,
  position: number,
  code: ArithmeticFault,
  spelling: string = operation,
): string {
  const where = `the ${isOperator(operation) ? 'operator' : 'function'} ${spelling} at position ${position + 1}`
  switch (code) {
    case 'DIVISION_BY_ZERO':
      return operation === '^'
        ? `Division by zero: ${where} raises 0 to a negative power.`
        : `Division by zero: what ${where} divides by is 0.`
    case 'FRACTIONAL_EXPONENT':
      return `The exponent of ${where} is no whole number, so the result would not be an exact fraction.`
    case 'OUTSIDE_DOMAIN':
      return `${where[0]?.toUpperCase()}${where.slice(1)} ${domains.get(operation) ?? 'is not defined there'}.`
    case 'RESULT_TOO_LARGE':
      return `The result of ${where} has more digits than are allowed.`
    default:
      return code satisfies never
  }
}
