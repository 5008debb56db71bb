import { Suspense, useEffect, useState } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { lazyPart } from '../../components/lazy-part.tsx'
import { isUnfinished } from '../../format/status.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { FailedAttempts } from './FailedAttempts.tsx'
import { PlanFacts, PlanFactsFragment } from './PlanFacts.tsx'
import { ResultPanel, ResultPanelFragment } from './ResultPanel.tsx'
import { createSelection, SelectionContext } from './selection.ts'
import { Summary, SummaryFragment } from './Summary.tsx'
import { TaskPanel } from './task/TaskPanel.tsx'
import { useDurations } from './task/useDurations.ts'
import { TaskMap } from './TaskMap.tsx'
import { TaskTable } from './TaskTable.tsx'
import { TimeCursor } from './timeline/time-cursor.ts'
import { TimeCursorContext, useTasksAtCursor } from './timeline/useTimeCursor.ts'
import { useTasks, type Task } from './useTasks.ts'

export const ExpressionViewFragment = graphql(
  `
    fragment ExpressionView_expression on Expression {
      id
      status
      finishedAt
      ...Summary_expression
      ...ResultPanel_expression
      ...PlanFacts_expression
    }
  `,
  [SummaryFragment, ResultPanelFragment, PlanFactsFragment],
)

/** Nobody needs it before there is something to see. */
const TimePanel = lazyPart(() => import('./timeline/TimePanel.tsx'))

const noTasks: readonly Task[] = []

interface Props {
  id: string
  expression: FragmentOf<typeof ExpressionViewFragment>
}

/** An expression and all of its tasks, live, or as of any moment of its past. */
export function ExpressionView(props: Props) {
  const [cursor] = useState(() => new TimeCursor())
  useEffect(() => () => cursor.leave(), [cursor])
  return (
    <TimeCursorContext value={cursor}>
      <ViewAtCursor {...props} />
    </TimeCursorContext>
  )
}

function ViewAtCursor({ id, ...props }: Props) {
  const expression = readFragment(ExpressionViewFragment, props.expression)
  const { tasks: live, plan, problem } = useTasks(id)
  const durations = useDurations(live)
  const { status, finishedAt } = expression
  const tasks = useTasksAtCursor(live, finishedAt === null ? null : Date.parse(finishedAt))
  const [selection] = useState(createSelection)
  return (
    <SelectionContext value={selection}>
      <Summary expression={expression} plan={plan ?? noTasks} tasks={tasks ?? noTasks} durations={durations} />
      <ResultPanel expression={expression} />
      <PlanFacts expression={expression} />
      {problem !== null && <Notice tone="error">{problem}</Notice>}
      <TaskMap tasks={tasks} plan={plan} durations={durations} />
      {live && live.length > 0 && (
        <Suspense fallback={null}>
          <TimePanel tasks={live} isUnfinished={isUnfinished(status)} />
        </Suspense>
      )}
      {tasks && tasks.length > 0 && <TaskTable tasks={tasks} />}
      {tasks && <FailedAttempts tasks={tasks} />}
      {tasks && <TaskPanel tasks={tasks} />}
    </SelectionContext>
  )
}
