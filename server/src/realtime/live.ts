import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { TaskView } from '../domain/tasks/task-view.ts'
import type { Operation } from '../generated/prisma/client.ts'
import type { Database } from '../store/database.ts'
import {
  listDeletedExpressions,
  loadDeletedExpressions,
  type DeletedExpression,
} from '../store/expressions/deleted-expressions.ts'
import { loadEndedExpressions } from '../store/expressions/load-ended-expressions.ts'
import type { ExpressionRow } from '../store/expressions/load-expressions.ts'
import type { AgentWork } from './bridge/message.ts'
import { RemoteTasks } from './bridge/remote-tasks.ts'
import { createAgentReader, type AgentReader, type AgentView } from './readers/agent-reader.ts'
import type { Announcer } from './announcer.ts'
import { clusterStatsOf, type ClusterStats } from './readers/cluster-stats.ts'
import { createExpressionReader, type ExpressionReader, type ExpressionView } from './readers/expression-reader.ts'
import { Feed } from './feed/feed.ts'
import { inBackground } from './in-background.ts'
import type { LiveState } from './live-state.ts'
import { everyone, type Watchable } from './local-signal.ts'
import { TokenBucket } from './feed/pace.ts'
import { Registrations } from './feed/registrations.ts'
import { TimeShare } from './feed/time-share.ts'
import { createTaskLoaders, loadTasks, type AttemptsByTask, type TaskRef } from './readers/task-loaders.ts'
import { readTasks } from './readers/task-reader.ts'
import type { Worker } from './worker.ts'

/** What is there to read and to watch. A subscription brings a snapshot, then changes, each as whole entities. */
export interface Live {
  readonly expressions: ExpressionReader
  readonly agents: AgentReader
  readonly state: LiveState
  /** @param worker puts off what takes long; by default nobody does */
  tasks(expressionId: string, tasks?: readonly number[], worker?: Worker): Promise<TaskView[]>
  /** One task; asked for many at once each expression is read once. Null where there is none. */
  task(ref: TaskRef): Promise<TaskView | null>
  /** Attempts at an expression's tasks that did not bring a result, oldest first. */
  failedAttemptsOf(expressionId: string): Promise<AttemptsByTask>
  /** As it is stored; null where there is no such expression. */
  plan(expressionId: string): Promise<unknown>
  operations(): Promise<Operation[]>
  clusterStats(): ClusterStats
  watchExpression(id: string): AsyncIterableIterator<ExpressionView[]>
  watchExpressionsOf(ownerId: string): AsyncIterableIterator<ExpressionView[]>
  watchTasks(expressionId: string, worker?: Worker): AsyncIterableIterator<TaskView[]>
  /** What an owner had deleted lately, then what is deleted. */
  watchDeletionsOf(ownerId: string): AsyncIterableIterator<DeletedExpression[]>
  watchOperations(): AsyncIterableIterator<Operation[]>
  watchAgents(): AsyncIterableIterator<AgentView[]>
  watchClusterStats(): AsyncIterableIterator<ClusterStats[]>
  /** What other replicas told. */
  readonly remote: { readonly tasks: RemoteTasks; readonly agents: Map<string, AgentWork> }
  /** What somebody here watches that changes at other replicas too. */
  watched(): { readonly what: Watchable; readonly ids: readonly string[] }[]
}

/** How long a replica may take to tell of a commit, in milliseconds, and some more. */
const hintDelayMs = 5_000

interface LiveOptions {
  readonly database: Database
  readonly announcer: Announcer
  readonly state: LiveState
  readonly clock: Clock
  readonly logger: Logger
}

export function createLive({ database, announcer, state, clock, logger }: LiveOptions): Live {
  const feedOptions = () => ({ pace: new TimeShare(clock, 0.2, 1_000), snapshotGapMs: 100, clock, logger })
  const expressions = createExpressionReader(database, state)
  const remote = { tasks: new RemoteTasks(database), agents: new Map<string, AgentWork>() }
  const agents = createAgentReader(database, state, remote.agents, announcer, clock)
  const tasks: Live['tasks'] = async (expressionId, indexes, worker) =>
    state.tasksOf(expressionId, indexes) ??
    (taskFeed.isWatched(expressionId) ? await remote.tasks.tasksOf(expressionId, indexes) : undefined) ??
    readTasks({ database, state, worker }, expressionId, indexes)
  const operations = () => database.prisma.operation.findMany({ orderBy: { kind: 'asc' } })
  const clusterStats = () => clusterStatsOf(state.stats(), state.othersStats())

  const registering = (what: Watchable, onLate: (id: string, forMs: number) => void) =>
    new Registrations(what, { announcer, state, clock, onLate })

  const expressionFeed = new Feed<ExpressionView, ExpressionRow>({
    load: (ids, known) => expressions.byId(ids, known),
    keyOf: ({ id }) => id,
    versionOf: expressions.versionOf,
    versionOfKnown: ({ version }) => version,
    registrations: registering('expressions', (topic, forMs) => refreshExpressions(forMs, [topic])),
    ...feedOptions(),
  })
  announcer.on('expression', ({ id, ownerId, row, isProgress }) =>
    expressionFeed.notice(id, [id, ownerId], row, isProgress ? 'soon' : 'now'),
  )

  const taskFeed = new Feed<TaskView>({
    load: (keys) => loadTaskKeys(keys, tasks),
    keyOf: taskKey,
    versionOf: ({ version }) => version,
    registrations: registering('tasks', (expressionId) => refreshTasks([expressionId])),
    onUnwatched: (expressionId) => remote.tasks.forget(expressionId),
    ...feedOptions(),
  })
  announcer.on('tasks', ({ expressionId, tasks }) => {
    if (!taskFeed.isWatched(expressionId)) return
    for (const index of tasks) taskFeed.notice(taskKey({ expressionId, index }), [expressionId])
  })

  announcer.on('expressionLeft', ({ id }) => {
    const left = remote.tasks.forget(id)
    for (const index of left) taskFeed.notice(taskKey({ expressionId: id, index }), [id])
  })

  const keysOfTasks = async (expressionId: string) => (await tasks(expressionId)).map(taskKey)
  announcer.on('expressionRetried', ({ id, ownerId, epoch }) => {
    expressionFeed.notice(id, [id, ownerId])
    remote.tasks.forget(id, epoch)
    // Those that had failed or were cancelled with it are none of these any more.
    void taskFeed.refresh(keysOfTasks, [id])
  })

  const deletionFeed = new Feed<DeletedExpression>({
    load: (ids) => loadDeletedExpressions(database.reads, ids),
    keyOf: ({ id }) => id,
    versionOf: () => 0,
    ...feedOptions(),
  })
  const endWatching = (id: string) => {
    expressionFeed.end(id)
    taskFeed.end(id)
  }
  announcer.on('expressionDeleted', ({ id, ownerId }) => {
    deletionFeed.notice(id, [ownerId])
    endWatching(id)
  })

  const operationFeed = new Feed<Operation>({
    load: operations,
    keyOf: ({ kind }) => kind,
    versionOf: ({ version }) => version,
    ...feedOptions(),
  })
  announcer.on('operations', ({ kinds }) => {
    for (const kind of kinds) operationFeed.notice(kind, [everyone])
  })

  const agentFeed = new Feed<AgentView>({
    load: async (ids) => (await Promise.all(ids.map((id) => agents.byId(id)))).filter((agent) => agent !== null),
    keyOf: ({ id }) => id,
    versionOf: ({ version }) => version,
    registrations: registering('agents', () => refreshAgents()),
    ...feedOptions(),
  })
  announcer.on('agent', ({ id }) => agentFeed.notice(id, [everyone]))
  announcer.on('agentWork', ({ id }) => agentFeed.notice(id, [everyone]))

  const statsFeed = new Feed<ClusterStats>({
    load: async () => [clusterStats()],
    keyOf: () => everyone,
    versionOf: () => 0,
    pace: new TokenBucket(clock, 1, 4),
    snapshotGapMs: 0,
    clock,
    logger,
  })
  announcer.on('stats', () => statsFeed.notice(everyone, [everyone]))

  const refreshExpressions = (forMs: number, topics = expressionFeed.watchedTopics()) => {
    inBackground(logger, 'look for missed ends', async () => {
      const ended = await loadEndedExpressions(database.reads, topics, forMs + hintDelayMs)
      for (const { id, ownerId } of ended) expressionFeed.notice(id, [id, ownerId])
    })
    const keysOf = async (topic: string) => [topic, ...(await expressions.newestOf(topic)).map(({ id }) => id)]
    void expressionFeed.refresh(keysOf, topics)
  }
  const refreshTasks = (expressionIds = taskFeed.watchedTopics()) => {
    remote.tasks.doubt(expressionIds)
    void taskFeed.refresh(keysOfTasks, expressionIds)
  }
  const refreshAgents = () => void agentFeed.refresh(async () => (await agents.all()).map(({ id }) => id))
  const refreshDeletions = () => {
    const keysOf = async (ownerId: string) =>
      (await listDeletedExpressions(database.reads, ownerId)).map(({ id }) => id)
    void deletionFeed.refresh(keysOf)
    inBackground(logger, 'look for missed deletions', async () => {
      const watched = [...expressionFeed.watchedTopics(), ...taskFeed.watchedTopics()]
      for (const { id } of await loadDeletedExpressions(database.reads, watched)) endWatching(id)
    })
  }

  announcer.on('missed', ({ forMs }) => {
    refreshExpressions(forMs)
    refreshTasks()
    refreshDeletions()
    void operationFeed.refresh(async () => (await operations()).map(({ kind }) => kind))
    refreshAgents()
  })

  return {
    expressions,
    agents,
    state,
    remote,
    watched: () => [
      { what: 'expressions', ids: expressionFeed.watchedTopics() },
      { what: 'tasks', ids: taskFeed.watchedTopics() },
      { what: 'agents', ids: agentFeed.watchedTopics() },
    ],
    tasks,
    ...createTaskLoaders(database, tasks),
    operations,
    clusterStats,
    watchExpression: (id) => expressionFeed.subscribe(id, () => expressions.byId([id])),
    watchExpressionsOf: (ownerId) => expressionFeed.subscribe(ownerId, () => expressions.newestOf(ownerId)),
    watchTasks: (expressionId, worker) =>
      taskFeed.subscribe(expressionId, () => tasks(expressionId, undefined, worker)),
    watchDeletionsOf: (ownerId) =>
      deletionFeed.subscribe(ownerId, () => listDeletedExpressions(database.reads, ownerId)),
    watchOperations: () => operationFeed.subscribe(everyone, operations),
    watchAgents: () => agentFeed.subscribe(everyone, () => agents.all()),
    watchClusterStats: () => statsFeed.subscribe(everyone, async () => [clusterStats()]),
  }
}

const taskKey = ({ expressionId, index }: { expressionId: string; index: number }) => `${expressionId}:${index}`

function loadTaskKeys(keys: readonly string[], tasks: Live['tasks']): Promise<TaskView[]> {
  const refs = keys.map((key) => {
    const [expressionId = '', task] = key.split(':')
    return { expressionId, task: Number(task) }
  })
  return loadTasks(refs, tasks)
}
