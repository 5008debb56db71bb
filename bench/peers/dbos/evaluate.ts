import { DBOS } from '@dbos-inc/dbos-sdk'
import type { Operand } from '../../src/workload/expression.ts'
import { SlotLimit } from '../slot-limit.ts'
import { countDone, operate, settings } from '../worker-process.ts'
import type { Tasks } from './queue.ts'

/** Of all expressions in this process. */
const limit = new SlotLimit(settings.slots)

/**
 * An expression, as a workflow: each operation is a step, whose value is kept. Steps run side by side, level by level: a workflow that is
 * recovered has to begin its steps in the same order, https://docs.dbos.dev/typescript/tutorials/workflow-tutorial#determinism, so that
 * none may begin when its own operands happen to be there.
 */
export async function evaluateTasks(tasks: Tasks): Promise<string> {
  const values: string[] = []
  const valueOf = (operand: Operand) => (operand.kind === 'number' ? String(operand.value) : values[operand.task]!)
  for (const level of levelsOf(tasks))
    await Promise.all(
      level.map(async (index) => {
        const { operator, left, right } = tasks[index]!
        const operation = () => limit.run(() => operate(operator, valueOf(left), valueOf(right)))
        values[index] = await DBOS.runStep(operation, { name: 'operate' })
        countDone(1)
      }),
    )
  return values.at(-1)!
}

/** Indexes of tasks by how many tasks are the longest way below them; each needs those of earlier levels alone. */
function levelsOf(tasks: Tasks): number[][] {
  const heights: number[] = []
  const heightOf = (operand: Operand) => (operand.kind === 'number' ? 0 : heights[operand.task]! + 1)
  const levels: number[][] = []
  tasks.forEach(({ left, right }, index) => {
    const height = Math.max(heightOf(left), heightOf(right))
    heights.push(height)
    ;(levels[height] ??= []).push(index)
  })
  return levels
}
