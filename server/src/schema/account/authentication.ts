import type { Authentication } from '../../use-cases/accounts/authentication.ts'
import { builder } from '../builder.ts'
import { UserType } from './user.ts'

export const AuthenticationType = builder.objectRef<Authentication>('Authentication').implement({
  description: 'Comes with a refresh token in an HttpOnly cookie; over a WebSocket without one.',
  fields: (t) => ({
    accessToken: t.exposeString('accessToken', {
      description: 'JWT for `Authorization: Bearer …` and for `connectionParams: {token}` of a WebSocket.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the access token expires.' }),
    user: t.prismaField({
      type: UserType,
      resolve: (query, { userId }, _args, { services }) =>
        services.database.prisma.user.findUniqueOrThrow({ ...query, where: { id: userId } }),
    }),
  }),
})

export const CredentialsInput = builder.inputType('CredentialsInput', {
  fields: (t) => ({
    email: t.string({ description: 'Read without regard to case and to surrounding space.' }),
    password: t.string({ description: '8 to 128 characters. To register: none of those that are tried first.' }),
    invitation: t.string({
      required: false,
      description:
        'To register where that is not open to everybody: the token of an invitation. Signing in ignores it.',
    }),
  }),
})
