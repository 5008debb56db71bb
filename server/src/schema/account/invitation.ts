import { createInvitation, revokeInvitation, type CreatedInvitation } from '../../use-cases/accounts/invitations.ts'
import { requesterOf } from '../../use-cases/accounts/requester.ts'
import { builder } from '../builder.ts'
import { checkedPage, costOfPage } from '../cursor.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  NotFoundErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from '../errors.ts'
import { localId } from '../local-id.ts'
import { adminsOnly } from '../sees-all.ts'

const InvitationType = builder.prismaNode('Invitation', {
  id: { field: 'id' },
  nullable: true,
  description: 'Lets one person register, whoever brings its token first.',
  findUnique: adminsOnly,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For people: whom it is for.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    usedAt: t.expose('usedAt', { type: 'DateTime', nullable: true }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
  }),
})

builder.queryField('invitations', (t) =>
  t.prismaConnection(
    {
      type: InvitationType,
      nullable: true,
      cursor: 'id',
      defaultSize: 20,
      maxSize: 100,
      description: 'Newest first, also those that are used, expired or revoked. Admin only.',
      authScopes: { admin: true },
      complexity: costOfPage,
      resolve: (query, _root, page, { services }) =>
        services.database.prisma.invitation.findMany({ ...checkedPage(query, page), orderBy: { id: 'desc' } }),
    },
    { name: 'InvitationConnection' },
    { name: 'InvitationEdge' },
  ),
)

const CreateInvitationInput = builder.inputType('CreateInvitationInput', {
  fields: (t) => ({
    name: t.string({ description: 'For people: whom it is for. 1 to 100 characters.' }),
    lifetimeHours: t.int({ required: false, description: '1 to 720; a week unless told.' }),
  }),
})

const CreateInvitationPayload = builder.objectRef<CreatedInvitation>('CreateInvitationPayload').implement({
  fields: (t) => ({
    invitation: t.field({ type: InvitationType, resolve: ({ invitation }) => invitation }),
    token: t.exposeString('token', {
      description: 'The secret, for `register` or for the page at `/sign-up#TOKEN`. Shown only here.',
    }),
  }),
})

const CreateInvitationResult = builder.unionType('CreateInvitationResult', {
  types: [CreateInvitationPayload, InvalidInputErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('CreateInvitationPayload'),
})

builder.mutationField('createInvitation', (t) =>
  t.field({
    type: CreateInvitationResult,
    description: 'Admin only.',
    args: { input: t.arg({ type: CreateInvitationInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) => createInvitation(context.services, input, requesterOf(context)),
  }),
)

const RevokeInvitationInput = builder.inputType('RevokeInvitationInput', {
  fields: (t) => ({ id: t.id() }),
})

const RevokeInvitationResult = builder.unionType('RevokeInvitationResult', {
  types: [InvitationType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('Invitation'),
})

builder.mutationField('revokeInvitation', (t) =>
  t.field({
    type: RevokeInvitationResult,
    description: 'One that was used stays used. Admin only.',
    args: { input: t.arg({ type: RevokeInvitationInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) =>
      revokeInvitation(context.services, localId(input.id, 'Invitation'), requesterOf(context)),
  }),
)
