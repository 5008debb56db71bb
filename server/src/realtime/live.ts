import type { TaskView } from '../domain/tasks/task-view.ts'
import type { Prediction } from '../domain/prediction/prediction.ts'
import type { Operation, Webhook } from '../generated/prisma/client.ts'
import type { DeletedExpression } from '../store/expressions/deleted-expressions.ts'
import type { AgentWork, TaskState } from './bridge/message.ts'
import { RemoteTasks } from './bridge/remote-tasks.ts'
import type { LiveState } from './live-state.ts'
import type { Watchable } from './local-signal.ts'
import { createAgentReader, type AgentReader, type AgentView } from './readers/agent-reader.ts'
import type { ClusterSample } from './readers/cluster-samples.ts'
import type { ClusterStats } from './readers/cluster-stats.ts'
import { Predictor } from './readers/predictor.ts'
import { createExpressionReader, type ExpressionReader, type ExpressionView } from './readers/expression-reader.ts'
import { createTaskLoaders, type AttemptsByTask, type TaskRef } from './readers/task-loaders.ts'
import type { WatchDeps } from './watch/deps.ts'
import { watchAgents } from './watch/watch-agents.ts'
import { watchClusterStats } from './watch/watch-cluster-stats.ts'
import { watchDeletions } from './watch/watch-deletions.ts'
import { watchExpressions } from './watch/watch-expressions.ts'
import { watchOperations } from './watch/watch-operations.ts'
import { watchPredictions } from './watch/watch-predictions.ts'
import { watchWebhooks } from './watch/watch-webhooks.ts'
import { watchWork, type WorkEvent } from './watch/watch-work.ts'
import { watchSamples } from './watch/watch-samples.ts'
import { watchTasks } from './watch/watch-tasks.ts'
import type { Worker } from './worker.ts'

/** What is there to read and to watch. A subscription brings a snapshot, then changes, each as whole entities. */
export interface Live {
  readonly expressions: ExpressionReader
  readonly agents: AgentReader
  readonly state: LiveState
  readonly predictor: Predictor
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
  /** Without one where the expression has ended. */
  watchPrediction(expressionId: string): AsyncIterableIterator<Prediction[]>
  /** What an owner had deleted lately, then what is deleted. */
  watchDeletionsOf(ownerId: string): AsyncIterableIterator<DeletedExpression[]>
  /** A user's, with each that was set, or sent something. */
  watchWebhooksOf(userId: string): AsyncIterableIterator<Webhook[]>
  watchOperations(): AsyncIterableIterator<Operation[]>
  watchAgents(): AsyncIterableIterator<AgentView[]>
  watchClusterStats(): AsyncIterableIterator<ClusterStats[]>
  /** The cluster in the last minutes, then as it goes on. */
  watchSamples(): AsyncIterableIterator<ClusterSample[]>
  /** What the agents of this replica did lately, then what they do. */
  watchWork(): AsyncIterableIterator<WorkEvent>
  /** Takes in what the owner of an expression told of its tasks, where somebody here watches them. */
  noteRemoteTasks(expressionId: string, states: readonly TaskState[]): void
  /** What other replicas told of their agents. */
  readonly remoteAgents: Map<string, AgentWork>
  /** What somebody here watches that changes at other replicas too. */
  watched(): { readonly what: Watchable; readonly ids: readonly string[] }[]
}

export function createLive(deps: WatchDeps): Live {
  const { announcer, clock, database, state } = deps
  const remoteAgents = new Map<string, AgentWork>()
  const readers = {
    expressions: createExpressionReader(database, state),
    agents: createAgentReader(database, state, remoteAgents, announcer, clock),
  }
  const expressions = watchExpressions(deps, readers.expressions)
  const tasks = watchTasks(deps, new RemoteTasks(database))
  const agents = watchAgents(deps, readers.agents)
  const predictor = new Predictor(database, state, clock)
  const predictions = watchPredictions(deps, predictor)
  const deletions = watchDeletions(deps, [expressions.feed, tasks.feed, predictions.feed])
  const operations = watchOperations(deps)
  const stats = watchClusterStats(deps)
  return {
    ...readers,
    ...createTaskLoaders(database, tasks.read),
    state,
    predictor,
    remoteAgents,
    noteRemoteTasks: tasks.noteRemote,
    tasks: tasks.read,
    operations: operations.read,
    clusterStats: stats.read,
    watchExpression: expressions.one,
    watchExpressionsOf: expressions.ofOwner,
    watchTasks: tasks.ofExpression,
    watchPrediction: predictions.of,
    watchDeletionsOf: deletions.ofOwner,
    watchWebhooksOf: watchWebhooks(deps).ofUser,
    watchOperations: operations.all,
    watchAgents: agents.all,
    watchClusterStats: stats.all,
    watchSamples: watchSamples(deps).all,
    watchWork: watchWork(deps).all,
    watched: () => [
      { what: 'expressions', ids: expressions.feed.watchedTopics() },
      { what: 'tasks', ids: tasks.feed.watchedTopics() },
      { what: 'agents', ids: agents.feed.watchedTopics() },
    ],
  }
}
