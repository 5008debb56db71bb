import { endSession } from '../../use-cases/accounts/end-session.ts'
import { builder } from '../builder.ts'
import { ForbiddenErrorType, NotFoundErrorType, refuse, resolveOutcome, UnauthenticatedErrorType } from '../errors.ts'
import { encodeGlobalID } from '@pothos/plugin-relay'
import { localId } from '../local-id.ts'
import { usersOwn } from '../sees-all.ts'

const maxShown = 100

const SessionType = builder.prismaNode('SignIn', {
  name: 'Session',
  id: { field: 'id' },
  nullable: true,
  description: 'A sign-in, from the password to its end, in all tabs of a browser.',
  findUnique: usersOwn,
  fields: (t) => ({
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the password was given.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      description: 'When it was last refreshed: while a page is open, each quarter of an hour.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends at the latest.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was ended before its time; null of those that are listed.',
    }),
    device: t.exposeString('device', {
      nullable: true,
      description: 'What the client called itself, its `User-Agent`, as it signed in.',
    }),
    address: t.exposeString('address', { nullable: true, description: 'The network address that it signed in from.' }),
    isCurrent: t.boolean({
      select: { id: true },
      description: 'Whether this request came with it.',
      resolve: ({ id }, _args, { actor }) => actor.kind === 'user' && actor.signInId === id,
    }),
  }),
})

builder.prismaObjectField('User', 'sessions', (t) =>
  t.relation('signIns', {
    type: SessionType,
    description: `Sign-ins that have not ended, the one that was used last first: at most ${maxShown}.`,
    complexity: { field: 10, multiplier: maxShown },
    query: (_args, { services }) => ({
      where: { endedAt: null, expiresAt: { gt: new Date(services.clock.now()) } },
      orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
      take: maxShown,
    }),
  }),
)

const EndSessionInput = builder.inputType('EndSessionInput', {
  description: 'Which session is to end.',
  fields: (t) => ({ id: t.id({ description: 'The id of a Session.' }) }),
})

const EndSessionPayload = builder.objectRef<{ readonly endedId: string }>('EndSessionPayload').implement({
  description: 'The session has ended.',
  fields: (t) => ({
    endedId: t.id({
      description: 'The id of the Session.',
      resolve: ({ endedId }) => encodeGlobalID(SessionType.name, endedId),
    }),
  }),
})

const EndSessionResult = builder.unionType('EndSessionResult', {
  description: 'What `endSession` answers.',
  types: [EndSessionPayload, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('EndSessionPayload'),
})

builder.mutationField('endSession', (t) =>
  t.field({
    type: EndSessionResult,
    description:
      'Ends one session, yours or as an admin anybody’s: its access tokens are refused from then on, and its sockets closed. One that has ended is no error.',
    args: { input: t.arg({ type: EndSessionInput, description: 'Which.' }) },
    authScopes: { signIn: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, address, services }) =>
      endSession(services, actor, localId(input.id, SessionType.name), address),
  }),
)
