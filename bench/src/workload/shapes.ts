import type { Operand, Operator, Task } from './expression.ts'
import type { Random } from './random.ts'

/** Wide enough that operations of an expression are hardly ever equal: Reckon would compute those once, and be counted for both. */
const maxNumber = 999

/** Draws the tasks of one expression. */
export type Shape = (random: Random) => readonly Task[]

const operators: readonly Operator[] = ['+', '-', '*']

/** A tree of so many operations, each split at random between the two operands of its root, and so on down. */
export const randomTree =
  (operations: number): Shape =>
  (random) =>
    grow(operations, random, (rest) => random.below(rest + 1))

/** Every operation needs the one before it: nothing can be done side by side. */
export const chain =
  (operations: number): Shape =>
  (random) =>
    grow(operations, random, (rest) => rest)

/** As low as a tree of so many operations can be. */
export const balancedTree =
  (operations: number): Shape =>
  (random) =>
    grow(operations, random, (rest) => Math.floor(rest / 2))

/** @param leftOf how many of the operations below an operation stand in its left operand */
function grow(operations: number, random: Random, leftOf: (rest: number) => number): Task[] {
  const tasks: Task[] = []
  const operand = (size: number): Operand => {
    if (size === 0) return { kind: 'number', value: 1 + random.below(maxNumber) }
    const left = leftOf(size - 1)
    const task = { left: operand(left), right: operand(size - 1 - left), operator: pick(random) }
    tasks.push(task)
    return { kind: 'task', task: tasks.length - 1 }
  }
  operand(operations)
  return tasks
}

const pick = (random: Random): Operator => operators[random.below(operators.length)] ?? '+'
