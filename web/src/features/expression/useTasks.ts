import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { pipe, subscribe } from 'wonka'
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
        operation
        spans {
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
        attempt
        agent {
          id
          name
        }
        readyAt
        startedAt
        finishedAt
        failedAttempts {
          number
          outcome
          startedAt
          endedAt
          agent {
            id
            name
          }
        }
        ...TaskRow_task
        ...Attempts_task
      }
    }
  `,
  [TaskRowFragment, AttemptFragment],
)

export type Task = ResultOf<typeof TasksSubscription>['tasksChanged'][number]

export interface LiveTasks {
  /** Null until the snapshot has come. */
  readonly tasks: readonly Task[] | null
  /** Why the server does not send them. */
  readonly problem: string | null
}

/** The list with the changed tasks in their places. */
export function mergeTasks(tasks: readonly Task[], changed: readonly Task[]): readonly Task[] {
  const merged = [...tasks]
  for (const task of changed) merged[task.index] = task
  return merged
}

/** More tasks than this change faster than they can be drawn: what comes is shown together, some times a second. */
const fewTasks = 150
const paceMs = 120

/**
 * All tasks of an expression in the order of its plan, live. They are gathered from the
 * subscription alone: read through the query's cache, each event would cost a walk over as many as 5 000 tasks.
 */
export function useTasks(expressionId: string): LiveTasks {
  const client = useClient()
  const [tasks, setTasks] = useState<readonly Task[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    let latest: readonly Task[] | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = () => {
      timer = undefined
      setTasks(latest)
    }
    const { unsubscribe } = pipe(
      client.subscription(TasksSubscription, { expressionId }),
      subscribe(({ data, error }) => {
        setProblem(error?.graphQLErrors[0]?.message ?? null)
        if (!data) return
        const isFirst = latest === null
        latest = mergeTasks(latest ?? [], data.tasksChanged)
        if (isFirst || latest.length <= fewTasks) show()
        else timer ??= setTimeout(show, paceMs)
      }),
    )
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [client, expressionId])

  return { tasks, problem }
}
