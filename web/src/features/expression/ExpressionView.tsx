import { useState } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { FailedAttempts } from './FailedAttempts.tsx'
import { PlanFacts, PlanFactsFragment } from './PlanFacts.tsx'
import { ResultPanel, ResultPanelFragment } from './ResultPanel.tsx'
import { Summary, SummaryFragment } from './Summary.tsx'
import { TaskMap } from './TaskMap.tsx'
import { TaskTable } from './TaskTable.tsx'
import { useTasks, type Task } from './useTasks.ts'

export const ExpressionViewFragment = graphql(
  `
    fragment ExpressionView_expression on Expression {
      id
      ...Summary_expression
      ...ResultPanel_expression
      ...PlanFacts_expression
    }
  `,
  [SummaryFragment, ResultPanelFragment, PlanFactsFragment],
)

const noTasks: readonly Task[] = []

interface Props {
  id: string
  expression: FragmentOf<typeof ExpressionViewFragment>
}

/** An expression and all of its tasks, live. */
export function ExpressionView({ id, ...props }: Props) {
  const expression = readFragment(ExpressionViewFragment, props.expression)
  const { tasks, problem } = useTasks(id)
  // The task that is pointed at: it stands out in the source, in the tree and in the table.
  const [active, setActive] = useState<number | null>(null)
  return (
    <>
      <Summary expression={expression} tasks={tasks ?? noTasks} active={active} />
      <ResultPanel expression={expression} />
      <PlanFacts expression={expression} />
      {problem !== null && <Notice tone="error">{problem}</Notice>}
      <TaskMap tasks={tasks} active={active} onActivate={setActive} />
      {tasks && tasks.length > 0 && <TaskTable tasks={tasks} active={active} onActivate={setActive} />}
      {tasks && <FailedAttempts tasks={tasks} />}
    </>
  )
}
