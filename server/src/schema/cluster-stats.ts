import type { ClusterStats } from '../realtime/readers/cluster-stats.ts'
import type { ClusterSample, OperationSample } from '../realtime/readers/cluster-samples.ts'
import { marks } from './cost/operation-plugin.ts'
import { builder } from './builder.ts'

const ClusterStatsType = builder.objectRef<ClusterStats>('ClusterStats').implement({
  description: 'The figures of all replicas together; those of other replicas are up to a second old.',
  fields: (t) => ({
    replicas: t.exposeInt('replicas'),
    agents: t.exposeInt('agents', { description: 'Agents that are connected.' }),
    slots: t.exposeInt('slots'),
    busySlots: t.exposeInt('busySlots'),
    runningExpressions: t.exposeInt('runningExpressions'),
    readyTasks: t.exposeInt('readyTasks', { description: 'Tasks that wait for a slot.' }),
    tasksPerSecond: t.exposeFloat('tasksPerSecond', { description: 'Results over the last ten seconds.' }),
  }),
})

builder.queryField('clusterStats', (t) =>
  t.field({
    type: ClusterStatsType,
    nullable: true,
    description: 'The figures of now.',
    authScopes: { read: true },
    resolve: (_root, _args, { services }) => services.live.clusterStats(),
  }),
)

builder.subscriptionField('clusterStatsChanged', (t) =>
  t.field({
    type: ClusterStatsType,
    description: 'The figures of now, then whenever they change, at most four times a second.',
    authScopes: { read: true },
    subscribe: (_root, _args, { services }) => services.live.watchClusterStats(),
    resolve: ([stats]: ClusterStats[], _args, { services }) => stats ?? services.live.clusterStats(),
  }),
)

const OperationSampleType = builder.objectRef<OperationSample>('OperationSample').implement({
  description: 'As a ClusterSample, of one operation.',
  fields: (t) => ({
    operation: t.exposeString('operation', { description: 'Its name: `+`, `gcd`.' }),
    readyTasks: t.exposeInt('readyTasks', { description: 'Tasks that wait for a slot.' }),
    runningTasks: t.exposeInt('runningTasks', { description: 'Tasks that agents have.' }),
    tasksPerSecond: t.exposeFloat('tasksPerSecond', { description: 'Results a second, over about two seconds.' }),
  }),
})

const ClusterSampleType = builder.objectRef<ClusterSample>('ClusterSample').implement({
  description: 'One moment of all replicas together, as the one that answers knew it.',
  fields: (t) => ({
    at: t.field({ type: 'DateTime', description: 'As of when.', resolve: ({ at }) => new Date(at) }),
    slots: t.exposeInt('slots', { description: 'Slots of all agents that are connected.' }),
    readyTasks: t.exposeInt('readyTasks', { description: 'Tasks that wait for a slot.' }),
    runningTasks: t.exposeInt('runningTasks', { description: 'Slots that compute.' }),
    tasksPerSecond: t.exposeFloat('tasksPerSecond', { description: 'Results a second, over about two seconds.' }),
    schedulingDelayMs: t.exposeFloat('schedulingDelayMs', {
      nullable: true,
      description:
        'For how long tasks had been ready when agents began them, in milliseconds, on average; null where none was begun.',
    }),
    byOperation: t.field({
      type: [OperationSampleType],
      complexity: { field: 10, multiplier: 1 },
      extensions: marks.measured,
      description: 'Of each operation of which there was anything, the busiest first, 20 at most.',
      resolve: ({ byOperation }) => [...byOperation],
    }),
  }),
})

builder.subscriptionField('clusterSamplesChanged', (t) =>
  t.field({
    type: [ClusterSampleType],
    description:
      'The last five minutes, as far as the server that answers has seen them, a sample each two seconds; then the next ones. Of two with one time either will do.',
    complexity: { field: 10, multiplier: 1 },
    extensions: marks.measured,
    authScopes: { read: true },
    subscribe: (_root, _args, { services }) => services.live.watchSamples(),
    resolve: (samples: ClusterSample[]) => samples.toSorted((a, b) => a.at - b.at),
  }),
)
