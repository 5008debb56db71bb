import type { ClusterStats } from '../realtime/readers/cluster-stats.ts'
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
