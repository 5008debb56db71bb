import { switchOwnAgent, type OwnAgent } from '../use-cases/agents/own-agents.ts'
import { requesterOf } from '../use-cases/accounts/requester.ts'
import { builder } from './builder.ts'
import { ForbiddenErrorType, NotFoundErrorType, refuse, resolveOutcome, UnauthenticatedErrorType } from './errors.ts'

const OwnAgentType = builder.objectRef<OwnAgent>('OwnAgent').implement({
  description: 'An agent that the server which answers has started beside it, as `npm start` does.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'That of its `Agent`.' }),
    isRunning: t.exposeBoolean('isRunning', {
      description: 'False once it was killed by `killOwnAgent`. One that ends by itself is started again.',
    }),
  }),
})

builder.queryField('ownAgents', (t) =>
  t.field({
    type: [OwnAgentType],
    description: 'None where the server was started on a database of somebody else’s. Admin only.',
    authScopes: { admin: true },
    resolve: (_root, _args, { services }) => [...services.ownAgents.list()],
  }),
)

const OwnAgentInput = builder.inputType('OwnAgentInput', { fields: (t) => ({ name: t.string() }) })

const OwnAgentResult = builder.unionType('OwnAgentResult', {
  types: [OwnAgentType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('OwnAgent'),
})

builder.mutationField('killOwnAgent', (t) =>
  t.field({
    type: OwnAgentResult,
    description:
      'Kills an agent of the server, as a power cut would, to see its work go to others. It stays away until `startOwnAgent`, or a restart. Admin only.',
    args: { input: t.arg({ type: OwnAgentInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) => switchOwnAgent(context.services, input.name, 'kill', requesterOf(context)),
  }),
)

builder.mutationField('startOwnAgent', (t) =>
  t.field({
    type: OwnAgentResult,
    description: 'Starts an agent of the server that was killed. Admin only.',
    args: { input: t.arg({ type: OwnAgentInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) => switchOwnAgent(context.services, input.name, 'start', requesterOf(context)),
  }),
)
