/**
 * An expression as the benchmark knows it: a list of tasks, children before parents, the root last. Each system gets it in the form that
 * it takes; what comes back is held against `valueOf`.
 */
export interface Expression {
  /** Chosen by the client and unique for a run. */
  readonly id: string
  readonly tasks: readonly Task[]
}

export interface Task {
  readonly operator: Operator
  readonly left: Operand
  readonly right: Operand
}

export type Operator = '+' | '-' | '*'

/** A small whole number, or the result of an earlier task. */
export type Operand =
  { readonly kind: 'number'; readonly value: number } | { readonly kind: 'task'; readonly task: number }

/** One operation. All systems but Reckon, whose agents have their own, compute with it. */
export function compute(operator: Operator, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    default:
      return operator satisfies never
  }
}

/** The right result, by plain evaluation: the oracle of every measurement. */
export function valueOf({ tasks }: Expression): string {
  const values: bigint[] = []
  const operand = (of: Operand) => (of.kind === 'number' ? BigInt(of.value) : (values[of.task] ?? missing(of.task)))
  for (const { operator, left, right } of tasks) values.push(compute(operator, operand(left), operand(right)))
  return String(values.at(-1) ?? missing(0))
}

/** As text, in parentheses throughout, so that no grouping is left to whoever reads it. */
export function sourceOf({ tasks }: Expression): string {
  const texts: string[] = []
  const operand = (of: Operand) => (of.kind === 'number' ? String(of.value) : (texts[of.task] ?? missing(of.task)))
  for (const { operator, left, right } of tasks) texts.push(`(${operand(left)}${operator}${operand(right)})`)
  return texts.at(-1) ?? missing(0)
}

export const countTasks = (expressions: readonly Expression[]): number =>
  expressions.reduce((sum, { tasks }) => sum + tasks.length, 0)

function missing(task: number): never {
  throw new RangeError(`There is no task ${task} before its parent.`)
}
