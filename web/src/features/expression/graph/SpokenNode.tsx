import { describeTask } from '../task/describe-task.ts'
import type { Task } from '../useTasks.ts'
import type { GraphLayout } from './graph-layout.ts'
import { operandTasks, type GraphShape } from './graph-shape.ts'

interface Props {
  id: string
  task: Task
  shape: GraphShape
  layout: GraphLayout
  isFolded: boolean
  isSelected: boolean
}

/** The node that the keyboard stands on, for those who hear it: a canvas says nothing. */
export function SpokenNode({ id, task, shape, layout, isFolded, isSelected }: Props) {
  const parent = layout.parent[task.index] ?? -1
  const siblings = parent >= 0 ? operandTasks(shape, parent) : [task.index]
  const hasMore = operandTasks(shape, task.index).length > 0
  return (
    <div
      id={id}
      className="visually-hidden"
      role="treeitem"
      aria-level={Math.max(0, layout.level[task.index] ?? 0) + 1}
      aria-setsize={siblings.length}
      aria-posinset={siblings.indexOf(task.index) + 1}
      aria-selected={isSelected}
      aria-expanded={hasMore ? !isFolded : undefined}
    >
      {describeTask(task)}
    </div>
  )
}
