import { printLiteral } from '../expression/literal.ts'
import { precedences, unaryPrecedence } from '../expression/token.ts'
import { isOperator, type OperationName, type OperatorName } from '../operation.ts'
import { countUses, type Operand, type Plan, type PlannedTask } from './plan.ts'

interface Printed {
  readonly text: string
  readonly precedence: number
  /** Null for a number, a name, and for anything with a minus before it. */
  readonly operation: OperationName | null
}

/** Holds tighter than any operator. */
const atomPrecedence = 5

/**
 * The expression as it will be computed; compiled without regrouping, it gives this plan again. Parentheses stand where precedence
 * needs them, round negative right-hand operands, as in `1-(-2)`, and round both sides where `+` or `*` joins two groups of its own
 * kind, as in `(1+2)+(3+4)`, since there the grouping is what the reader looks for. What is used in several places gets a name.
 */
export function printGrouped(plan: Plan): string {
  // Strings are only ever concatenated here: looking into one would make the whole quadratic.
  const printed: Printed[] = []
  const uses = countUses(plan)
  let bindings = ''
  let names = 0
  for (const [index, task] of plan.tasks.entries()) {
    const whole = printTask(task, printed)
    if ((uses[index] ?? 0) < 2) printed.push(whole)
    else {
      names += 1
      bindings += `t${names} = ${whole.text}; `
      printed.push({ text: `t${names}`, precedence: atomPrecedence, operation: null })
    }
  }
  return bindings + printOperand(plan.root, printed).text
}

function printTask({ operation, operands }: PlannedTask, printed: readonly Printed[]): Printed {
  const [left, right, ...others] = operands.map((operand) => printOperand(operand, printed))
  if (isOperator(operation) && left && right) return printBinary(operation, left, right)
  let text = `${operation}(${left?.text ?? ''}`
  for (const operand of right ? [right, ...others] : []) text += `, ${operand.text}`
  return { text: `${text})`, precedence: atomPrecedence, operation }
}

function printBinary(operation: OperatorName, left: Printed, right: Printed): Printed {
  const precedence = precedences[operation]
  const isPower = operation === '^'
  const isJoinOfGroups =
    (operation === '+' || operation === '*') && left.operation === operation && right.operation === operation
  const isLeftGrouped = isJoinOfGroups || left.precedence < precedence || (isPower && left.precedence === precedence)
  const isRightGrouped = isPower
    ? right.precedence < unaryPrecedence
    : right.precedence <= precedence || right.precedence === unaryPrecedence
  return { text: grouped(left, isLeftGrouped) + operation + grouped(right, isRightGrouped), precedence, operation }
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
