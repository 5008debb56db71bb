import { unauthenticated } from '../../domain/failure.ts'
import {
  createPersonalToken,
  revokePersonalToken,
  tokenBounds,
  type CreatedPersonalToken,
} from '../../use-cases/accounts/personal-tokens.ts'
import { builder } from '../builder.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  NotFoundErrorType,
  refuse,
  resolveOutcome,
  TokenScopeType,
  UnauthenticatedErrorType,
} from '../errors.ts'
import { localId } from '../local-id.ts'
import { usersOwn } from '../sees-all.ts'

const PersonalTokenType = builder.prismaNode('PersonalToken', {
  id: { field: 'id' },
  nullable: true,
  description: "Lets a user's programs in, within its scopes, until it expires or is revoked.",
  findUnique: usersOwn,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For people.' }),
    scopes: t.expose('scopes', { type: [TokenScopeType], description: 'What it opens. READ is always among them.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'From when on it is refused.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a request or a socket last came with it, to the minute.',
    }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked.' }),
  }),
})

builder.prismaObjectField('User', 'personalTokens', (t) =>
  t.relation('personalTokens', {
    type: PersonalTokenType,
    description: `Newest first, with some that are good no longer: at most ${tokenBounds.good + tokenBounds.ended}.`,
    query: { orderBy: { id: 'desc' } },
  }),
)

const CreatePersonalTokenInput = builder.inputType('CreatePersonalTokenInput', {
  fields: (t) => ({
    name: t.string({ description: 'For people, 1 to 100 characters.' }),
    scopes: t.field({ type: [TokenScopeType], description: 'What it is to open beside READ. ADMIN is for admins.' }),
    lifetimeDays: t.int({ required: false, description: 'Until it expires: 1 to 366, 90 unless told.' }),
  }),
})

const CreatePersonalTokenPayload = builder.objectRef<CreatedPersonalToken>('CreatePersonalTokenPayload').implement({
  fields: (t) => ({
    personalToken: t.field({ type: PersonalTokenType, resolve: ({ personalToken }) => personalToken }),
    token: t.exposeString('token', { description: 'The secret. Shown only here.' }),
  }),
})

const CreatePersonalTokenResult = builder.unionType('CreatePersonalTokenResult', {
  description: `TOO_MANY_TOKENS (an InvalidInputError) where the user has ${tokenBounds.good} that are good.`,
  types: [CreatePersonalTokenPayload, InvalidInputErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('CreatePersonalTokenPayload'),
})

builder.mutationField('createPersonalToken', (t) =>
  t.field({
    type: CreatePersonalTokenResult,
    description: 'Makes a token for programs of the signed-in user. Refused to such tokens themselves.',
    args: { input: t.arg({ type: CreatePersonalTokenInput }) },
    authScopes: { signIn: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, address, services }) =>
      actor.kind === 'user' ? createPersonalToken(services, input, { userId: actor.userId, address }) : unauthenticated,
  }),
)

const RevokePersonalTokenInput = builder.inputType('RevokePersonalTokenInput', {
  fields: (t) => ({ id: t.id() }),
})

const RevokePersonalTokenResult = builder.unionType('RevokePersonalTokenResult', {
  types: [PersonalTokenType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('PersonalToken'),
})

builder.mutationField('revokePersonalToken', (t) =>
  t.field({
    type: RevokePersonalTokenResult,
    description: "One's own, or for an admin anybody's. It is refused from then on, and its sockets are closed.",
    args: { input: t.arg({ type: RevokePersonalTokenInput }) },
    authScopes: { signIn: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, address, services }) =>
      actor.kind === 'user'
        ? revokePersonalToken(services, localId(input.id, 'PersonalToken'), { userId: actor.userId, address })
        : unauthenticated,
  }),
)
