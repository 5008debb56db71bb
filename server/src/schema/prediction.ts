import { encodeGlobalID } from '@pothos/plugin-relay'
import { waitReasons, type Prediction } from '../domain/prediction/prediction.ts'
import { maySeeExpression } from '../use-cases/expressions/access.ts'
import { builder } from './builder.ts'
import { expressionNotFound } from './expression-not-found.ts'
import { ExpressionType } from './expression.ts'
import { localId } from './local-id.ts'
import { checkSlots, slotsDescription } from './slots-argument.ts'

const WaitReasonType = builder.enumType('WaitReason', {
  values: {
    OPERANDS: { description: 'For its own operands: all that is ready is being computed.' },
    SLOTS: { description: 'For a slot: all are taken by what was given out before.' },
    OWN_EXPRESSIONS: { description: 'For a slot, which other expressions of the same user get first.' },
    OTHER_USERS: { description: 'For a slot, which others get first.' },
    AGENT_ALONE: {
      description:
        'For an agent that computes nothing beside it: it was lost with its agents, and once more would be the last time.',
    },
    NO_AGENTS: { description: 'For an agent: none is connected.' },
    RETRY: { description: 'For the next try of what an agent could not compute.' },
    RECOVERY: { description: 'For the agents of a server that was lost, so that nothing is computed twice.' },
    LOG: { description: 'For the disk: all is computed.' },
  } satisfies Record<(typeof waitReasons)[number], object>,
})

const dateOf = (time: number | null): Date | null => (time === null ? null : new Date(time))

const PredictionType = builder.objectRef<Prediction>('Prediction').implement({
  description:
    'When an expression will be finished, played on its plan, the slots that there are and what waits for them, by the durations of now. ' +
    'What comes later, it does not know.',
  fields: (t) => ({
    expressionId: t.id({ resolve: ({ expressionId }) => encodeGlobalID('Expression', expressionId) }),
    madeAt: t.field({ type: 'DateTime', resolve: ({ madeAt }) => new Date(madeAt) }),
    finishAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Null where nothing goes on, for want of an agent.',
      resolve: ({ finishAt }) => dateOf(finishAt),
    }),
    waitsFor: t.expose('waitsFor', { type: WaitReasonType }),
    assignedTasks: t.int({ description: 'Tasks at agents.', resolve: ({ counts }) => counts.assigned }),
    readyTasks: t.int({ description: 'Tasks in line for a slot.', resolve: ({ counts }) => counts.ready }),
    waitingTasks: t.int({ description: 'Tasks that wait for an operand.', resolve: ({ counts }) => counts.waiting }),
    retryingTasks: t.int({
      description: 'Tasks that an agent could not compute, before they are in line again.',
      resolve: ({ counts }) => counts.retrying,
    }),
    retryAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the next of these is in line again.',
      resolve: ({ retryAt }) => dateOf(retryAt),
    }),
    nextSlotAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the next task that is in line gets a slot; null where none is, or the expression is queued.',
      resolve: ({ nextSlotAt }) => dateOf(nextSlotAt),
    }),
    ownTasksBefore: t.int({
      description: 'Tasks of other expressions of the same user that get a slot before that.',
      resolve: ({ before }) => before.own,
    }),
    othersTasksBefore: t.int({
      description: 'Tasks of other users that get a slot before that.',
      resolve: ({ before }) => before.others,
    }),
    slots: t.exposeInt('slots', { description: 'Slots of all agents that are connected.' }),
  }),
})

/** In microseconds: what a small one takes. */
const costOfPrediction = 1_000

builder.objectFields(ExpressionType, (t) => ({
  prediction: t.field({
    type: PredictionType,
    nullable: true,
    complexity: costOfPrediction,
    // It tells what else its owner has in the queue.
    authScopes: { read: true },
    description: 'When it will be finished. Null where it has ended.',
    resolve: ({ id }, _args, { services }) => services.live.predictor.predict(id),
  }),
  remainingMs: t.int({
    nullable: true,
    authScopes: { read: true },
    complexity: costOfPrediction,
    description:
      'How long what is left of it would take on so many slots that do nothing else, by the durations of now, in milliseconds. Null where it has ended.',
    args: { slots: t.arg.int({ description: slotsDescription }) },
    resolve: ({ id, operationCount }, { slots }, { account, services }) => {
      account.charge(operationCount)
      return services.live.predictor.timeAloneMs(id, checkSlots(slots), account)
    },
  }),
}))

builder.subscriptionField('predictionChanged', (t) =>
  t.field({
    type: PredictionType,
    nullable: true,
    complexity: costOfPrediction,
    description:
      'When an expression will be finished, then anew as it gets known better, at most twice a second. Null where it has ended. Completes when it is deleted.',
    args: { expressionId: t.arg.id() },
    authScopes: { read: true },
    subscribe: async (_root, { expressionId }, { actor, services }) => {
      const id = localId(expressionId, 'Expression')
      if (await maySeeExpression(services, actor, id)) return services.live.watchPrediction(id)
      throw expressionNotFound()
    },
    resolve: ([prediction]: Prediction[]) => prediction ?? null,
  }),
)
