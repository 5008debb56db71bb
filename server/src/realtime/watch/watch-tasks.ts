import type { TaskView } from '../../domain/tasks/task-view.ts'
import type { TaskState } from '../bridge/message.ts'
import type { RemoteTasks } from '../bridge/remote-tasks.ts'
import { Feed } from '../feed/feed.ts'
import { loadTasks, type TaskRef } from '../readers/task-loaders.ts'
import { readTasks } from '../readers/task-reader.ts'
import type { Worker } from '../worker.ts'
import { pacing, registering, type WatchDeps } from './deps.ts'

type ReadTasks = (expressionId: string, tasks?: readonly number[], worker?: Worker) => Promise<TaskView[]>

/** The tasks of expressions, each expression a topic. */
export function watchTasks(deps: WatchDeps, remote: RemoteTasks) {
  const { announcer, database, state } = deps
  const read: ReadTasks = async (expressionId, tasks, worker) =>
    state.tasksOf(expressionId, tasks) ??
    (feed.isWatched(expressionId) ? await remote.tasksOf(expressionId, tasks) : undefined) ??
    readTasks({ database, state, worker }, expressionId, tasks)
  const keysOf = async (expressionId: string) => (await read(expressionId)).map(keyOf)
  const feed: Feed<TaskView> = new Feed<TaskView>({
    load: (keys) => loadTasks(keys.map(refOf), read),
    keyOf,
    versionOf: ({ version }) => version,
    registrations: registering('tasks', deps, (expressionId) => refresh([expressionId])),
    onUnwatched: (expressionId) => remote.forget(expressionId),
    ...pacing(deps),
  })

  const notice = (expressionId: string, tasks: readonly number[]) => {
    if (!feed.isWatched(expressionId)) return
    for (const index of tasks) feed.notice(keyOf({ expressionId, index }), [expressionId])
  }
  announcer.on('tasks', ({ expressionId, tasks }) => notice(expressionId, tasks))
  announcer.on('expressionLeft', ({ id }) => notice(id, remote.forget(id)))
  announcer.on('expressionRetried', ({ id, epoch }) => {
    remote.forget(id, epoch)
    // Tasks that had failed or were cancelled with it are so no more.
    void feed.refresh(keysOf, [id])
  })

  const refresh = (expressionIds = feed.watchedTopics()) => {
    remote.doubt(expressionIds)
    void feed.refresh(keysOf, expressionIds)
  }
  announcer.on('missed', () => refresh())

  return {
    feed,
    read,
    /** States of an expression that nobody watches here would be kept for nobody, and nothing would tell when to forget them. */
    noteRemote(expressionId: string, states: readonly TaskState[]): void {
      if (feed.isWatched(expressionId)) remote.noteStates(expressionId, states)
    },
    ofExpression: (expressionId: string, worker?: Worker) =>
      feed.subscribe(expressionId, () => read(expressionId, undefined, worker)),
  }
}

const keyOf = ({ expressionId, index }: Pick<TaskView, 'expressionId' | 'index'>) => `${expressionId}:${index}`

function refOf(key: string): TaskRef {
  const [expressionId = '', task] = key.split(':')
  return { expressionId, task: Number(task) }
}
