import { createAgentToken, type CreatedAgentToken } from '../../use-cases/accounts/create-agent-token.ts'
import { revokeAgentToken } from '../../use-cases/accounts/revoke-agent-token.ts'
import { requesterOf } from '../../use-cases/accounts/requester.ts'
import { builder } from '../builder.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  NotFoundErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from '../errors.ts'
import { checkedPage, costOfPage } from '../cursor.ts'
import { localId } from '../local-id.ts'
import { adminsOnly } from '../sees-all.ts'

const AgentTokenType = builder.prismaNode('AgentToken', {
  id: { field: 'id' },
  nullable: true,
  description: "Lets agents in, to do an agent's work and nothing else. Several agents may share one.",
  findUnique: adminsOnly,
  fields: (t) => ({
    name: t.exposeString('name'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'To the minute.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
  }),
})

builder.queryField('agentTokens', (t) =>
  t.prismaField({
    type: [AgentTokenType],
    nullable: true,
    description: 'Newest first, the revoked ones too. By pages: `agentTokensConnection`. Admin only.',
    authScopes: { admin: true },
    resolve: (query, _root, _args, { services }) =>
      services.database.prisma.agentToken.findMany({ ...query, orderBy: { id: 'desc' } }),
  }),
)

builder.queryField('agentTokensConnection', (t) =>
  t.prismaConnection(
    {
      type: AgentTokenType,
      nullable: true,
      cursor: 'id',
      defaultSize: 20,
      maxSize: 100,
      complexity: costOfPage,
      description: '`agentTokens` by pages: newest first, the revoked ones too. Admin only.',
      authScopes: { admin: true },
      totalCount: (_root, _args, { services }) => services.database.prisma.agentToken.count(),
      resolve: (query, _root, page, { services }) =>
        services.database.prisma.agentToken.findMany({ ...checkedPage(query, page), orderBy: { id: 'desc' } }),
    },
    { name: 'AgentTokenConnection' },
    { name: 'AgentTokenEdge' },
  ),
)

const CreateAgentTokenInput = builder.inputType('CreateAgentTokenInput', {
  fields: (t) => ({ name: t.string({ description: 'For people, 1 to 100 characters.' }) }),
})

const CreateAgentTokenPayload = builder.objectRef<CreatedAgentToken>('CreateAgentTokenPayload').implement({
  fields: (t) => ({
    agentToken: t.field({ type: AgentTokenType, resolve: ({ agentToken }) => agentToken }),
    token: t.exposeString('token', { description: 'The secret. Shown only here.' }),
  }),
})

const CreateAgentTokenResult = builder.unionType('CreateAgentTokenResult', {
  types: [CreateAgentTokenPayload, InvalidInputErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('CreateAgentTokenPayload'),
})

builder.mutationField('createAgentToken', (t) =>
  t.field({
    type: CreateAgentTokenResult,
    description: 'Admin only.',
    args: { input: t.arg({ type: CreateAgentTokenInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) => createAgentToken(context.services, input, requesterOf(context)),
  }),
)

const RevokeAgentTokenInput = builder.inputType('RevokeAgentTokenInput', {
  fields: (t) => ({ id: t.id() }),
})

const RevokeAgentTokenResult = builder.unionType('RevokeAgentTokenResult', {
  types: [AgentTokenType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('AgentToken'),
})

builder.mutationField('revokeAgentToken', (t) =>
  t.field({
    type: RevokeAgentTokenResult,
    description: 'Its agents are cut off at once, and their tasks go to others. Admin only.',
    args: { input: t.arg({ type: RevokeAgentTokenInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) =>
      revokeAgentToken(context.services, localId(input.id, 'AgentToken'), requesterOf(context)),
  }),
)
