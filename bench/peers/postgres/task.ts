import type { Expression, Operand, Operator } from '../../src/workload/expression.ts'

/** A job of a queue that knows nothing of graphs: an operation with its operands, and where its value goes. */
export interface ReadyTask {
  readonly expression: string
  readonly task: number
  readonly operator: Operator
  readonly left: string
  readonly right: string
  /** The task that waits for the value, as one of its operands; none waits for that of the root. */
  readonly parent: number | null
  readonly side: 'left' | 'right' | null
}

/** Some operand is another task. */
export interface WaitingTask extends Omit<ReadyTask, 'left' | 'right'> {
  readonly left: string | null
  readonly right: string | null
}

/** What can be computed at once becomes jobs; the rest are rows that wait for their operands. */
export function split(expressions: readonly Expression[]): { ready: ReadyTask[]; waiting: WaitingTask[] } {
  const all = expressions.flatMap(tasksOf)
  const isReady = (task: WaitingTask): task is ReadyTask => task.left !== null && task.right !== null
  return { ready: all.filter(isReady), waiting: all.filter((task) => !isReady(task)) }
}

function tasksOf({ id, tasks }: Expression): WaitingTask[] {
  const places = new Map<number, Pick<ReadyTask, 'parent' | 'side'>>()
  tasks.forEach(({ left, right }, parent) => {
    if (left.kind === 'task') places.set(left.task, { parent, side: 'left' })
    if (right.kind === 'task') places.set(right.task, { parent, side: 'right' })
  })
  const known = (operand: Operand) => (operand.kind === 'number' ? String(operand.value) : null)
  return tasks.map(({ operator, left, right }, task) => ({
    expression: id,
    task,
    operator,
    left: known(left),
    right: known(right),
    ...(places.get(task) ?? { parent: null, side: null }),
  }))
}
