import { z } from 'zod'
import { tokenScopes } from '../../domain/actor.ts'

export const credentials = z
  .strictObject({
    email: z.string().describe('Read without regard to case and to surrounding space.'),
    password: z.string().describe('8 to 128 characters. To register: none of those that are tried first.'),
  })
  .meta({ id: 'Credentials' })

export const registration = z
  .strictObject({
    ...credentials.shape,
    invitation: z
      .string()
      .optional()
      .describe('Where registering is not open to everybody: the token of an invitation.'),
  })
  .meta({ id: 'RegistrationInput' })

export const authentication = z
  .object({
    accessToken: z.string().describe('For `Authorization: Bearer …`.'),
    expiresAt: z.iso.datetime().describe('When the access token expires.'),
    userId: z.uuid(),
  })
  .meta({
    id: 'Authentication',
    description: 'Comes with a refresh token in an HttpOnly cookie. For programs that last a personal token is better.',
  })

export const viewer = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: z.enum(['USER', 'ADMIN']),
    createdAt: z.iso.datetime(),
    scopes: z
      .array(z.enum(tokenScopes))
      .nullable()
      .describe('Of the personal token that came with the request; null for who has signed in.'),
  })
  .meta({ id: 'Viewer' })
