import { encodeGlobalID } from '@pothos/plugin-relay'
import type { Run, RunningTask } from '../realtime/live-state.ts'
import type { WorkEvent } from '../realtime/watch/watch-work.ts'
import { builder } from './builder.ts'
import { marks } from './cost/operation-plugin.ts'
import { whenThere } from './memo.ts'
import { maySeeHere } from './sees-all.ts'

type Shown = RunningTask & Partial<Pick<Run, 'endedAt' | 'isLost'>>

const TaskRunType = builder.objectRef<Shown>('TaskRun').implement({
  description: 'What a slot did, or does. Of expressions of others it does not tell which.',
  fields: (t) => ({
    agentId: t.id({ resolve: ({ agentId }) => encodeGlobalID('Agent', agentId) }),
    operation: t.exposeString('operation', { description: 'The name of what is computed: `+`, `gcd`.' }),
    startedAt: t.field({ type: 'DateTime', resolve: ({ startedAt }) => new Date(startedAt) }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Null while it runs.',
      resolve: ({ endedAt }) => (endedAt === undefined ? null : new Date(endedAt)),
    }),
    isLost: t.boolean({
      description: 'Whether it ended without a result: its agent was lost, made an error or was overdue.',
      resolve: ({ isLost = false }) => isLost,
    }),
    expressionId: t.id({
      nullable: true,
      description: "Null where it is another user's, but for an admin.",
      resolve: ({ ownerId, expressionId }, _args, context) =>
        whenThere(maySeeHere(context, ownerId), (may) => (may ? encodeGlobalID('Expression', expressionId) : null)),
    }),
    taskIndex: t.int({
      nullable: true,
      description: "Its place in `Expression.tasks`; null where it is another user's, but for an admin.",
      resolve: ({ ownerId, task }, _args, context) =>
        whenThere(maySeeHere(context, ownerId), (may) => (may ? task : null)),
    }),
  }),
})

const WorkEventType = builder.objectRef<WorkEvent>('WorkEvent').implement({
  description: 'What the agents of the server that answers did since the last event, and what they do now.',
  fields: (t) => ({
    at: t.field({ type: 'DateTime', resolve: ({ at }) => new Date(at) }),
    isFirst: t.exposeBoolean('isFirst', {
      description: 'Whether it tells all anew: after a lost socket what was told before comes again.',
    }),
    runs: t.field({
      type: [TaskRunType],
      complexity: { field: 10, multiplier: 1 },
      extensions: marks.measured,
      description:
        'Those that have ended, in that order. At first the last ones, 2000 at most; of more than 50 a second some are left out.',
      resolve: ({ runs }) => runs,
    }),
    running: t.field({
      type: [TaskRunType],
      complexity: { field: 10, multiplier: 1 },
      extensions: marks.measured,
      description: 'What runs now, 500 at most.',
      resolve: ({ running }) => running,
    }),
    skipped: t.exposeInt('skipped', { description: 'How many have ended that are left out.' }),
  }),
})

builder.subscriptionField('workChanged', (t) =>
  t.field({
    type: WorkEventType,
    description: 'What agents did in the last minutes, then what they do, at most twice a second.',
    authScopes: { read: true },
    subscribe: (_root, _args, { services }) => services.live.watchWork(),
    resolve: (event: WorkEvent) => event,
  }),
)
