import { useSubscription } from 'urql'
import { graphql, type ResultOf } from '../../graphql.ts'
import { AttemptFragment } from './FailedAttempts.tsx'
import { TaskRowFragment } from './TaskRow.tsx'

const TasksSubscription = graphql(
  `
    subscription TasksChanged($expressionId: ID!) {
      tasksChanged(expressionId: $expressionId) {
        id
        version
        index
        status
        operator
        span {
          position
          length
        }
        operands {
          task {
            id
            index
          }
          negated
          value {
            short: decimal(digits: 12)
          }
        }
        result {
          short: decimal(digits: 12)
        }
        ...TaskRow_task
        ...Attempts_task
      }
    }
  `,
  [TaskRowFragment, AttemptFragment],
)

export type Task = ResultOf<typeof TasksSubscription>['tasksChanged'][number]

/** The list with the changed tasks in their places. */
export function mergeTasks(tasks: readonly Task[], changed: readonly Task[]): readonly Task[] {
  const merged = [...tasks]
  for (const task of changed) merged[task.index] = task
  return merged
}

/**
 * All tasks of an expression in the order of its plan, live; null until the snapshot has come. They are gathered from the
 * subscription alone: read through the query's cache, each event would cost a walk over as many as 5 000 tasks.
 */
export function useTasks(expressionId: string): readonly Task[] | null {
  const [{ data }] = useSubscription(
    { query: TasksSubscription, variables: { expressionId } },
    (tasks: readonly Task[] | undefined, { tasksChanged }) => mergeTasks(tasks ?? [], tasksChanged),
  )
  return data ?? null
}
