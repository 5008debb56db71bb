import { printLiteral } from '../expression/literal.ts'
import { precedences, unaryPrecedence } from '../expression/token.ts'
import { operationSymbols, type OperationKind } from '../operation.ts'
import type { Operand, Plan, PlannedTask } from './plan.ts'

interface Printed {
  readonly text: string
  readonly precedence: number
  /** Null for a number, and for anything with a minus before it. */
  readonly operation: OperationKind | null
}

/** Holds tighter than any operator. */
const atomPrecedence = 5

/**
 * The expression as it will be computed; compiled without regrouping, it gives this plan again. Parentheses stand where precedence
 * needs them, round negative right-hand operands, as in `1-(-2)`, and round both sides where `+` or `*` joins two groups of its own
 * kind, as in `(1+2)+(3+4)`, since there the grouping is what the reader looks for.
 */
export function printGrouped({ tasks, root }: Plan): string {
  // Strings are only ever concatenated here: looking into one would make the whole quadratic.
  const printed: Printed[] = []
  for (const task of tasks) printed.push(printTask(task, printed))
  return printOperand(root, printed).text
}

function printTask(
  { operation, left: leftOperand, right: rightOperand }: PlannedTask,
  printed: readonly Printed[],
): Printed {
  const left = printOperand(leftOperand, printed)
  const right = printOperand(rightOperand, printed)
  const precedence = precedences[operation]
  const isPower = operation === 'POWER'
  const isJoinOfGroups =
    (operation === 'ADD' || operation === 'MULTIPLY') && left.operation === operation && right.operation === operation
  const isLeftGrouped = isJoinOfGroups || left.precedence < precedence || (isPower && left.precedence === precedence)
  const isRightGrouped = isPower
    ? right.precedence < unaryPrecedence
    : right.precedence <= precedence || right.precedence === unaryPrecedence
  const text = grouped(left, isLeftGrouped) + operationSymbols[operation] + grouped(right, isRightGrouped)
  return { text, precedence, operation }
}

function printOperand(operand: Operand, printed: readonly Printed[]): Printed {
  if ('literal' in operand) {
    const { literal } = operand
    if (!literal.startsWith('-')) return { text: printLiteral(literal), precedence: atomPrecedence, operation: null }
    return { text: `-${printLiteral(literal.slice(1))}`, precedence: unaryPrecedence, operation: null }
  }
  const task = printed[operand.task]
  if (task === undefined) throw new Error(`task ${operand.task} is used before it stands in the plan`)
  if (!operand.negated) return task
  return { text: `-${grouped(task, task.precedence < unaryPrecedence)}`, precedence: unaryPrecedence, operation: null }
}

function grouped({ text }: Printed, isGrouped: boolean): string {
  return isGrouped ? `(${text})` : text
}
