import type { Answer, Api } from '../connection/api.ts'
import { graphql } from '../graphql.ts'
import { askPerson } from '../world.ts'
import type { Options } from './command.ts'
import type { Context } from './context.ts'

const login = graphql(`
  mutation Login($email: String!, $password: String!) {
    login(input: { email: $email, password: $password }) {
      __typename
      ... on Authentication {
        accessToken
        user {
          email
          role
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

const logout = graphql(`
  mutation Logout {
    logout {
      loggedOut
    }
  }
`)

export const signInOptions = {
  email: { type: 'string', value: 'EMAIL', description: 'of the account; asked for unless told' },
  'password-stdin': { type: 'boolean', description: 'read the password from standard input, a line' },
} as const satisfies Options

interface SignedIn {
  readonly kind: 'signedIn'
  readonly api: Api
  readonly email: string
  readonly isAdmin: boolean
}

/** Asks for email and password: what concerns an account itself no token may do. */
export async function signIn(
  context: Context,
  values: { readonly email?: string; readonly 'password-stdin'?: boolean },
): Promise<SignedIn | Exclude<Answer<never>, { kind: 'data' }>> {
  if (values['password-stdin'] && values.email === undefined)
    return { kind: 'refused', code: 'EMAIL_MISSING', message: 'With --password-stdin, say whose it is with --email.' }
  const email = values.email ?? (await askPerson(context.world, 'Email: '))
  const password = await askPerson(context.world, values['password-stdin'] ? '' : 'Password: ', { isSecret: true })
  // A password that is wrong too often is to be waited for by a person, who sees it.
  const answer = await context.api.as(undefined).ask(login, { email, password }, { isPatient: false })
  if (answer.kind !== 'data') return answer
  const { login: outcome } = answer.data
  if (outcome.__typename !== 'Authentication') return { ...outcome, kind: 'refused' }
  const { accessToken, user } = outcome
  return { kind: 'signedIn', api: context.api.as(accessToken), email: user.email, isAdmin: user.role === 'ADMIN' }
}

/** Ends what `signIn` began; or takes back the personal token that somebody came with. */
export const signOut = (api: Api): Promise<Answer<{ logout: { loggedOut: boolean } }>> =>
  api.ask(logout, {}, { isPatient: false })
