import { encodeGlobalID } from '@pothos/plugin-relay'
import { unauthenticated } from '../domain/failure.ts'
import { prepareLeaving } from '../use-cases/agents/prepare-leaving.ts'
import { AgentRef } from './agent.ts'
import { builder } from './builder.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'
import { localId } from './local-id.ts'

const PrepareLeavingInput = builder.inputType('PrepareLeavingInput', {
  fields: (t) => ({
    agentId: t.id({ description: 'As the session told it.' }),
    heldTickets: t.stringList({
      description: 'Tickets that the agent still holds: being computed, or computed and not yet acknowledged.',
    }),
  }),
})

const PrepareLeavingPayload = builder.objectRef<{ readonly agentId: string }>('PrepareLeavingPayload').implement({
  fields: (t) => ({
    agentId: t.id({
      description: 'The agent that is given nothing more.',
      resolve: ({ agentId }) => encodeGlobalID(AgentRef.name, agentId),
    }),
  }),
})

const PrepareLeavingResult = builder.unionType('PrepareLeavingResult', {
  types: [PrepareLeavingPayload, InvalidInputErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('PrepareLeavingPayload'),
})

builder.mutationField('prepareLeaving', (t) =>
  t.field({
    type: PrepareLeavingResult,
    description:
      'For agents that are to stop, over the WebSocket of their session: they are assigned nothing more in it, and tasks that they do not name go to others at once. What is named they may still return, until they complete `agentSession`. Whoever goes without it is given tasks until then.',
    args: { input: t.arg({ type: PrepareLeavingInput }) },
    authScopes: { agent: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input: { agentId, heldTickets } }, { actor, services }) =>
      actor.kind === 'agent'
        ? prepareLeaving(services, actor.tokenId, localId(agentId, 'Agent'), heldTickets)
        : unauthenticated,
  }),
)
