import { encodeGlobalID } from '@pothos/plugin-relay'
import { unauthenticated } from '../../domain/failure.ts'
import { closeAccount } from '../../use-cases/accounts/close-account.ts'
import { builder } from '../builder.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  RateLimitedErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from '../errors.ts'
import { WrongPasswordErrorType } from './change-password.ts'
import { clientOf } from '../../use-cases/accounts/client-state.ts'

const DeleteAccountInput = builder.inputType('DeleteAccountInput', {
  description: 'What it takes to delete an account.',
  fields: (t) => ({ password: t.string({ description: 'The current one.' }) }),
})

const DeleteAccountPayload = builder.objectRef<{ readonly closedId: string }>('DeleteAccountPayload').implement({
  description: 'The account lets nobody in any more.',
  fields: (t) => ({
    deletedId: t.id({
      description: 'The id of the User.',
      resolve: ({ closedId }) => encodeGlobalID('User', closedId),
    }),
  }),
})

const DeleteAccountResult = builder.unionType('DeleteAccountResult', {
  description: 'What `deleteAccount` answers. LAST_ADMIN (an InvalidInputError) where no admin would be left.',
  types: [
    DeleteAccountPayload,
    WrongPasswordErrorType,
    InvalidInputErrorType,
    RateLimitedErrorType,
    ForbiddenErrorType,
    UnauthenticatedErrorType,
  ],
  resolveType: resolveOutcome('DeleteAccountPayload'),
})

builder.mutationField('deleteAccount', (t) =>
  t.field({
    type: DeleteAccountResult,
    description:
      'Deletes the account of the signed-in user. At once all its sessions and personal tokens are dead and its email is free; its expressions are cancelled and deleted right after, with all that was computed of them. Nothing brings it back.',
    args: { input: t.arg({ type: DeleteAccountInput, description: 'The password, to be sure.' }) },
    authScopes: { signIn: true },
    unauthorizedResolver: refuse,
    resolve: async (_root, { input }, context) => {
      const { actor, services, refreshCookie } = context
      if (actor.kind !== 'user') return unauthenticated
      const outcome = await closeAccount(services, { ...input, userId: actor.userId, ...clientOf(context) })
      if ('closedId' in outcome) refreshCookie?.clear()
      return outcome
    },
  }),
)
