import { startTransition, useEffect, useState, type ReactNode } from 'react'
import { pipe, subscribe } from 'wonka'
import { graphQLErrorText, type ServerError } from '../../components/server-text.tsx'
import type { ResultOf } from '../../graphql.ts'
import { useUncached } from '../../transport/contexts.ts'
import { preparedTasks } from './prepared-tasks.ts'
import { TasksSubscription } from './tasks-subscription.ts'

export type Task = ResultOf<typeof TasksSubscription>['tasksChanged'][number]

export interface LiveTasks {
  /** Null until the snapshot has come. */
  readonly tasks: readonly Task[] | null
  /** The same as they first came: for what never changes of them, their operations, operands and places. */
  readonly plan: readonly Task[] | null
  /** Why the server does not send them. */
  readonly problem: ReactNode
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

type Shown = Omit<LiveTasks, 'problem'>

const startingWith = (tasks: readonly Task[] | null): Shown => ({ tasks, plan: tasks })

/**
 * All tasks of an expression in the order of its plan, live. They come past the cache: in it, each of 5 000 tasks is taken apart, kept,
 * and put together again. One subscription tells of one task in order, so that nothing need be compared.
 */
export function useTasks(expressionId: string): LiveTasks {
  const client = useUncached()
  const [shown, setShown] = useState(() => startingWith(preparedTasks(expressionId)))
  const [problem, setProblem] = useState<ServerError | null>(null)

  useEffect(() => {
    let latest: readonly Task[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = () => {
      timer = undefined
      const tasks = latest
      const next = ({ plan }: Shown) => ({ tasks, plan: plan?.length === tasks.length ? plan : tasks })
      if (tasks.length <= fewTasks) setShown(next)
      // In slices, between which the page answers.
      else startTransition(() => setShown(next))
    }
    const { unsubscribe } = pipe(
      client.subscription(TasksSubscription, { expressionId }),
      subscribe(({ data, error }) => {
        setProblem(error?.graphQLErrors[0] ?? null)
        if (!data) return
        const isFirst = latest.length === 0
        latest = mergeTasks(latest, data.tasksChanged)
        if (latest.length <= fewTasks) show()
        // The first of many have just been read, which is enough for one turn.
        else timer ??= setTimeout(show, isFirst ? 0 : paceMs)
      }),
    )
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [client, expressionId])

  return { ...shown, problem: problem && graphQLErrorText(problem) }
}
