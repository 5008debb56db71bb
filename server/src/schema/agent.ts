import { validate as isUuid } from 'uuid'
import { kindOf } from '../domain/operation-kind.ts'
import type { AgentView } from '../realtime/readers/agent-reader.ts'
import type { AssignmentView } from '../realtime/live-state.ts'
import { agentPresences } from '../store/agents/agent-row.ts'
import { forgetAgent } from '../use-cases/agents/forget-agent.ts'
import { drainAgent } from '../use-cases/agents/drain-agent.ts'
import { reinstateAgent } from '../use-cases/agents/reinstate-agent.ts'
import { undrainAgent } from '../use-cases/agents/undrain-agent.ts'
import { requesterOf } from '../use-cases/accounts/requester.ts'
import { builder } from './builder.ts'
import type { AgentConnectedError } from '../domain/failure.ts'
import {
  failureOptions,
  failureRef,
  ForbiddenErrorType,
  NotFoundErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'
import { OperationKindType } from './operation.ts'
import { TaskType } from './task-ref.ts'
import { localId } from './local-id.ts'
import { whenThere } from './memo.ts'
import { maySeeHere } from './sees-all.ts'
import { marks } from './cost/operation-plugin.ts'

const AgentStateType = builder.enumType('AgentState', {
  values: {
    ONLINE: {},
    RECONNECTING: { description: 'Its socket closed a moment ago; it may come back and go on with what it holds.' },
    DRAINING: { description: 'It finishes what it holds, takes nothing new, and leaves.' },
    OFFLINE: {},
    SUSPENDED: {
      description:
        'It returned results that cannot be: it is given nothing, and not let in, until an admin reinstates it.',
    },
  } satisfies Record<(typeof agentPresences)[number] | 'SUSPENDED', object>,
})

const AssignmentType = builder.objectRef<AssignmentView>('Assignment').implement({
  description: 'A task that an agent computes right now.',
  fields: (t) => ({
    operation: t.exposeString('operation', { description: 'The name of what is computed: `+`, `gcd`.' }),
    operator: t.field({
      type: OperationKindType,
      deprecationReason: 'Use `operation`: of functions this says only `FUNCTION`. Stays until 1.0.',
      resolve: ({ operation }) => kindOf(operation),
    }),
    startedAt: t.field({ type: 'DateTime', resolve: ({ startedAt }) => new Date(startedAt) }),
    durationMs: t.exposeInt('durationMs'),
    task: t.field({
      type: TaskType,
      nullable: true,
      description: "Null where the expression is another user's, but for an admin.",
      resolve: ({ ownerId, expressionId, task }, _args, context) =>
        whenThere(maySeeHere(context, ownerId), (may) =>
          may ? context.account.reads.task({ expressionId, task }) : null,
        ),
    }),
  }),
})

/** What else an agent does is nothing to a guest, who sees which one computed a task. */
const forMembers = { authScopes: { read: true } } as const

export const AgentRef = builder.objectRef<AgentView>('Agent')

export const AgentType = builder.node(AgentRef, {
  id: { resolve: ({ id }) => id },
  description: 'A daemon that computes tasks, so many at once as it has slots.',
  loadOne: (id, { actor, services }) => (actor.kind === 'user' && isUuid(id) ? services.live.agents.byId(id) : null),
  fields: (t) => ({
    name: t.exposeString('name'),
    slots: t.exposeInt('slots', { description: 'How many tasks it computes at once.' }),
    busySlots: t.exposeInt('busySlots', forMembers),
    state: t.field({
      type: AgentStateType,
      ...forMembers,
      resolve: ({ presence, suspendedAt }) => (suspendedAt ? 'SUSPENDED' : presence),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', ...forMembers }),
    lastHeartbeatAt: t.expose('lastHeartbeatAt', {
      type: 'DateTime',
      ...forMembers,
      description: 'When it was last heard of, to a few seconds.',
    }),
    suspendedAt: t.expose('suspendedAt', { type: 'DateTime', nullable: true, ...forMembers }),
    refusedResults: t.exposeInt('refusedResults', {
      ...forMembers,
      description: 'Results that could not be and were refused, since it was let in the first time, or reinstated.',
    }),
    lastRefusal: t.exposeString('lastRefusal', {
      ...forMembers,
      nullable: true,
      description: 'Why the last of them was refused.',
    }),
    programVersion: t.exposeString('programVersion', {
      ...forMembers,
      nullable: true,
      description: 'Of its program, as it says itself; null of one that does not say.',
    }),
    host: t.exposeString('host', {
      ...forMembers,
      nullable: true,
      description: 'The machine that it runs on, as it says itself; null of one that does not say.',
    }),
    utilisation: t.exposeFloat('utilisation', {
      ...forMembers,
      nullable: true,
      description:
        'The share of its slots that was busy over the last minute, 0 to 1; null of one that is not connected, or has only just come.',
    }),
    tasksPerSecond: t.exposeFloat('tasksPerSecond', {
      ...forMembers,
      description: 'Tasks that it has done a second, over the last ten seconds.',
    }),
    tasksDone: t.exposeFloat('tasksDone', {
      ...forMembers,
      description:
        'Tasks to which its answer counted, since it came for the first time. Of one that is at another replica up to a few seconds old, as are the next two.',
    }),
    tasksFailed: t.exposeFloat('tasksFailed', {
      ...forMembers,
      description: 'Tasks that it could not compute, or of which its result was refused.',
    }),
    tasksLost: t.exposeFloat('tasksLost', {
      ...forMembers,
      description: 'Tasks that it was computing when it was lost, or for so long that another was asked.',
    }),
    forgottenAt: t.expose('forgottenAt', {
      type: 'DateTime',
      nullable: true,
      ...forMembers,
      description: 'Since when no list has it, as it is gone for good; null of those that lists have.',
    }),
    version: t.expose('version', { type: 'Version' }),
    assignments: t.field({
      type: [AssignmentType],
      ...forMembers,
      description: 'What it computes right now.',
      complexity: { field: 1, multiplier: 1 },
      extensions: marks.measured,
      resolve: ({ id }, _args, { services }) => [...services.live.agents.assignmentsOf(id)],
    }),
  }),
})

builder.queryField('agents', (t) =>
  t.field({
    type: [AgentType],
    nullable: true,
    description:
      'All agents by name, also those that are not connected, but for those that are forgotten or whose token was revoked. By pages: `agentsConnection`.',
    authScopes: { read: true },
    complexity: { field: 10, multiplier: 1 },
    extensions: marks.measured,
    resolve: (_root, _args, { services }) => services.live.agents.all(),
  }),
)

builder.subscriptionField('agentsChanged', (t) =>
  t.field({
    type: [AgentType],
    description: 'All agents, then those that changed.',
    complexity: { field: 10, multiplier: 1 },
    extensions: marks.measured,
    authScopes: { read: true },
    subscribe: (_root, _args, { services }) => services.live.watchAgents(),
    resolve: (agents: AgentView[]) => agents,
  }),
)

const AgentConnectedErrorType = failureRef<AgentConnectedError>('AgentConnectedError').implement({
  ...failureOptions,
  description: 'The agent is connected, or its session goes on for a moment.',
})

const ForgetAgentInput = builder.inputType('ForgetAgentInput', {
  fields: (t) => ({ id: t.id() }),
})

const ForgetAgentResult = builder.unionType('ForgetAgentResult', {
  types: [AgentType, AgentConnectedErrorType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('Agent'),
})

builder.mutationField('forgetAgent', (t) =>
  t.field({
    type: ForgetAgentResult,
    description:
      'Takes an agent that is not connected from all lists; tasks and attempts go on naming it. Should it come back, it is there again, with what it has counted. Admin only.',
    args: { input: t.arg({ type: ForgetAgentInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) =>
      forgetAgent(context.services, localId(input.id, 'Agent'), requesterOf(context)),
  }),
)

const DrainAgentInput = builder.inputType('DrainAgentInput', {
  fields: (t) => ({ id: t.id() }),
})

const DrainAgentResult = builder.unionType('DrainAgentResult', {
  types: [AgentType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('Agent'),
})

builder.mutationField('drainAgent', (t) =>
  t.field({
    type: DrainAgentResult,
    description: 'Asks an agent to finish what it holds, take nothing new, and leave. Admin only.',
    args: { input: t.arg({ type: DrainAgentInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) =>
      drainAgent(context.services, localId(input.id, 'Agent'), requesterOf(context)),
  }),
)

const UndrainAgentInput = builder.inputType('UndrainAgentInput', {
  fields: (t) => ({ id: t.id() }),
})

const UndrainAgentResult = builder.unionType('UndrainAgentResult', {
  types: [AgentType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('Agent'),
})

builder.mutationField('undrainAgent', (t) =>
  t.field({
    type: UndrainAgentResult,
    description:
      'Lets an agent stay that was asked to leave. One that does not know of this leaves when it holds nothing. Admin only.',
    args: { input: t.arg({ type: UndrainAgentInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) =>
      undrainAgent(context.services, localId(input.id, 'Agent'), requesterOf(context)),
  }),
)

const ReinstateAgentInput = builder.inputType('ReinstateAgentInput', {
  fields: (t) => ({ id: t.id() }),
})

const ReinstateAgentResult = builder.unionType('ReinstateAgentResult', {
  types: [AgentType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('Agent'),
})

builder.mutationField('reinstateAgent', (t) =>
  t.field({
    type: ReinstateAgentResult,
    description: 'Lets an agent in again that was set aside, with nothing held against it. Admin only.',
    args: { input: t.arg({ type: ReinstateAgentInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) =>
      reinstateAgent(context.services, localId(input.id, 'Agent'), requesterOf(context)),
  }),
)
