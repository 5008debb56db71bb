import { formatNumber, shortenNumber } from '../../../format/number.ts'

/** A number, or an operation on others. */
export interface PlanNode {
  /** Null of a number. */
  readonly operation: string | null
  readonly text: string
  readonly operands: readonly NodeOperand[]
}

export interface NodeOperand {
  /** Its place in the list of nodes. */
  readonly node: number
  /** A minus stands before it, which is no operation. */
  readonly isNegative: boolean
}

export interface PlanNodes {
  readonly nodes: readonly PlanNode[]
  readonly root: number
}

interface PlannedOperand {
  readonly literal: string | null
  readonly task: number | null
  readonly negated: boolean
}

interface PlannedTask {
  readonly operation: string
  readonly operands: readonly PlannedOperand[]
}

const longestNumber = 8

/** What there is to draw of a plan: an operation once, however often its result is taken, and a number each time, as short as it is shown. */
export function planNodes(tasks: readonly PlannedTask[], root: PlannedOperand): PlanNodes {
  const numbers: PlanNode[] = []
  const nodeOf = ({ literal, task }: PlannedOperand): number => {
    if (task !== null) return task
    const text = formatNumber(shortenNumber(literal ?? '', longestNumber))
    return tasks.length + numbers.push({ operation: null, text, operands: [] }) - 1
  }
  const operations = tasks.map(({ operation, operands }) => ({
    operation,
    text: operation,
    operands: operands.map((operand) => ({ node: nodeOf(operand), isNegative: operand.negated })),
  }))
  const top = nodeOf(root)
  return { nodes: [...operations, ...numbers], root: top }
}
