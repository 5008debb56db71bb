import { kindOf } from '../domain/operation-kind.ts'
import { openAgentSession } from '../use-cases/agents/open-agent-session.ts'
import type { AgentSessionEvent, TaskAssignment } from '../use-cases/scheduler-port.ts'
import { AgentRef } from './agent.ts'
import { builder } from './builder.ts'
import { codedError } from './coded-error.ts'
import { failureOptions, failureRef } from './errors.ts'
import { OperationKindType } from './operation.ts'
import { encodeGlobalID } from '@pothos/plugin-relay'

type EventOf<Kind extends AgentSessionEvent['kind']> = Extract<AgentSessionEvent, { kind: Kind }>

const AgentSessionOpened = builder.objectRef<EventOf<'AgentSessionOpened'>>('AgentSessionOpened').implement({
  description: 'The first event: the session stands.',
  fields: (t) => ({
    agentId: t.id({
      description: 'Goes with the results.',
      resolve: ({ agentId }) => encodeGlobalID(AgentRef.name, agentId),
    }),
    graceMs: t.exposeInt('graceMs', { description: 'How long the session outlives a lost socket, in milliseconds.' }),
    maxDigits: t.exposeInt('maxDigits', { description: 'A result with more digits than this is RESULT_TOO_LARGE.' }),
    revokedTickets: t.stringList({
      description: 'Of the tickets named as held, those that are no longer needed: drop them.',
      resolve: ({ revokedTickets }) => [...revokedTickets],
    }),
  }),
})

const TaskAssignmentType = builder.objectRef<TaskAssignment>('TaskAssignment').implement({
  description: 'A task to compute.',
  fields: (t) => ({
    ticket: t.exposeString('ticket', {
      description: 'Goes with the result: it proves that this agent was given this task.',
    }),
    traceparent: t.string({
      nullable: true,
      description: 'W3C Trace Context for what the agent tells a collector itself; null where the server tells none.',
      resolve: ({ ticket }, _args, { services }) => services.tracer?.traceparentOf(ticket) ?? null,
    }),
    operation: t.exposeString('operation', { description: 'Its name: `+`, `gcd`.' }),
    operands: t.stringList({ description: 'Each `n` or `n/d`.', resolve: ({ operands }) => [...operands] }),
    operator: t.field({
      type: OperationKindType,
      deprecationReason: 'Use `operation`. Stays until 1.0: agents of earlier versions ask for it.',
      resolve: ({ operation }) => kindOf(operation),
    }),
    left: t.string({
      deprecationReason: 'Use `operands`. Stays until 1.0: agents of earlier versions ask for it.',
      resolve: ({ operands: [left = ''] }) => left,
    }),
    right: t.string({
      deprecationReason: 'Use `operands`. Stays until 1.0: agents of earlier versions ask for it.',
      resolve: ({ operands: [, right = ''] }) => right,
    }),
    durationMs: t.exposeInt('durationMs', { description: 'How long to take for it.' }),
  }),
})

const TasksAssigned = builder.objectRef<EventOf<'TasksAssigned'>>('TasksAssigned').implement({
  description:
    'Tasks to compute, in this order. There may be more than slots, so that none idles while a result travels.',
  fields: (t) => ({
    assignments: t.field({ type: [TaskAssignmentType], resolve: ({ assignments }) => [...assignments] }),
  }),
})

const TasksRevoked = builder.objectRef<EventOf<'TasksRevoked'>>('TasksRevoked').implement({
  description: 'Tasks that are no longer needed: stop them, send nothing.',
  fields: (t) => ({ tickets: t.stringList({ resolve: ({ tickets }) => [...tickets] }) }),
})

const AgentDrainRequested = builder.objectRef<EventOf<'AgentDrainRequested'>>('AgentDrainRequested').implement({
  description: 'Finish what is held, take nothing new, end the session, leave.',
  fields: (t) => ({ reason: t.exposeString('reason') }),
})

const AgentDrainWithdrawn = builder.objectRef<EventOf<'AgentDrainWithdrawn'>>('AgentDrainWithdrawn').implement({
  description: 'Stay after all, and take what is assigned.',
  fields: (t) => ({ reason: t.exposeString('reason') }),
})

const AgentSupersededError = failureRef<EventOf<'AgentSupersededError'>>('AgentSupersededError').implement({
  ...failureOptions,
  description: 'Another process has opened a session under this name. This one must not come back.',
})

const AgentSuspendedError = failureRef<EventOf<'AgentSuspendedError'>>('AgentSuspendedError').implement({
  ...failureOptions,
  description:
    'The last event: the agent returned results that cannot be, and is set aside. It is not let in again until an admin reinstates it.',
})

const AgentSessionEventType = builder.unionType('AgentSessionEvent', {
  types: [
    AgentSessionOpened,
    TasksAssigned,
    TasksRevoked,
    AgentDrainRequested,
    AgentDrainWithdrawn,
    AgentSupersededError,
    AgentSuspendedError,
  ],
  resolveType: ({ kind }) => kind,
})

const RunningTaskInput = builder.inputType('RunningTaskInput', {
  description: 'A task that an agent computes.',
  fields: (t) => ({
    ticket: t.string(),
    elapsedMs: t.int({ description: 'How long it has computed it, in milliseconds.' }),
  }),
})

const AgentSessionInput = builder.inputType('AgentSessionInput', {
  fields: (t) => ({
    name: t.string({ description: 'By which people know the agent; unique for its token. 1 to 100 characters.' }),
    protocolVersion: t.int({
      required: false,
      description: 'Of `serverInfo.protocolVersions` the one that the agent speaks; 1 unless told.',
    }),
    slots: t.int({ description: 'How many tasks it computes at once, 1 to 1024.' }),
    programVersion: t.string({
      required: false,
      description: "Of the agent's program, for people: 1 to 100 characters, as `name`.",
    }),
    host: t.string({
      required: false,
      description: 'The machine that it runs on, for people: 1 to 100 characters, as `name`.',
    }),
    sessionId: t.id({
      description:
        'A UUID, chosen anew at each run of the agent. After a lost socket the same id resumes the session. Another id under the same name is refused (AGENT_NAME_TAKEN) while the first is connected, and supersedes it in its grace.',
    }),
    heldTickets: t.stringList({
      description: 'Tickets that the agent holds: not yet computed, or computed and not yet acknowledged.',
    }),
    running: t.field({
      type: [RunningTaskInput],
      required: false,
      description:
        'Of these those that it computes, so that they have begun when they began, whatever became of the server since.',
    }),
  }),
})

builder.subscriptionField('agentSession', (t) =>
  t.field({
    type: AgentSessionEventType,
    description:
      'For agents, over a WebSocket: keeps the session alive and brings its assignments. Completing it is a clean goodbye: what is held goes back at once. An agent that is not let in gets an error whose `extensions.code` is AGENT_LIMIT, where its token has too many agents, slots or new names, AGENT_SUSPENDED, PROTOCOL_UNSUPPORTED, or AGENT_NAME_TAKEN, where another is connected under its name: it is let in once that is gone.',
    args: { input: t.arg({ type: AgentSessionInput }) },
    authScopes: { agent: true },
    subscribe: async (_root, { input }, { actor, connection, services }) => {
      if (actor.kind !== 'agent' || connection === null)
        throw codedError('WEBSOCKET_REQUIRED', 'Open the session over a WebSocket.')
      const outcome = await openAgentSession(services, {
        ...input,
        running: input.running ?? [],
        protocolVersion: input.protocolVersion ?? 1,
        tokenId: actor.tokenId,
        connection,
      })
      if (outcome.kind === 'opened') return outcome.events
      throw codedError(outcome.code, outcome.message)
    },
    resolve: (event: AgentSessionEvent) => event,
  }),
)
