import { formatNumber, shortenNumber } from '../../../format/number.ts'

/** What the graph needs of a task of the plan: what it works on, in order. */
export interface PlannedOperands {
  readonly operands: readonly {
    readonly task: { readonly index: number } | null
    readonly negated: boolean
    readonly value: { readonly short: string } | null
  }[]
}

/**
 * A plan as flat lists, which go to a worker and back at no cost. The operands of task i stand from `offsets[i]` up to `offsets[i + 1]`.
 * Operands stand before those who use them; the last task is the root.
 */
export interface GraphShape {
  readonly offsets: Int32Array
  /** The task of each operand; -1 where it is a number. */
  readonly operands: Int32Array
  /** How much room a number takes where it is drawn as a node; 0 where none is, as for tasks. */
  readonly widths: Float32Array
}

/** Up to here the numbers of the source are leaves of the graph; beyond they are written at their operation, where there is room. */
export const fewTasks = 150

const characterWidth = 7.4
const longestNumber = 8

export const numberText = (value: string): string => formatNumber(shortenNumber(value, longestNumber))

export function shapeOf(plan: readonly PlannedOperands[]): GraphShape {
  const count = plan.reduce((sum, { operands }) => sum + operands.length, 0)
  const offsets = new Int32Array(plan.length + 1)
  const operands = new Int32Array(count)
  const widths = new Float32Array(count)
  let slot = 0
  plan.forEach((task, index) => {
    for (const { task: child, value } of task.operands) {
      operands[slot] = child?.index ?? -1
      if (!child && plan.length <= fewTasks)
        widths[slot] = Math.max(16, numberText(value?.short ?? '?').length * characterWidth + 6)
      slot += 1
    }
    offsets[index + 1] = slot
  })
  return { offsets, operands, widths }
}

export const taskCount = ({ offsets }: GraphShape): number => offsets.length - 1

/** The tasks that a task works on, once each, from left to right. */
export function operandTasks({ offsets, operands }: GraphShape, task: number): number[] {
  const found: number[] = []
  for (let slot = offsets[task]!; slot < offsets[task + 1]!; slot += 1) {
    const child = operands[slot]!
    if (child >= 0 && !found.includes(child)) found.push(child)
  }
  return found
}
