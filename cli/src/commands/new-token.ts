import type { Api } from '../connection/api.ts'
import type { Answer } from '../connection/api.ts'
import type { TokenScope } from '../graphql.ts'
import type { Options } from './command.ts'
import { createPersonalToken } from './token-documents.ts'

const scopeNames = ['read', 'submit', 'admin'] as const

export const tokenOptions = {
  scopes: {
    type: 'string',
    value: 'SCOPES',
    description: 'read, submit, admin, separated by commas; submit unless told',
    choices: scopeNames,
  },
  days: { type: 'string', value: 'N', description: 'until it expires, 1 to 366; 90 unless told' },
} as const satisfies Options

export interface TokenWish {
  readonly scopes: TokenScope[]
  readonly lifetimeDays: number | null
}

/** What is wished for, or a line on what is wrong with it. */
export function readTokenWish(values: { readonly scopes?: string; readonly days?: string }): TokenWish | string {
  const named = (values.scopes ?? 'submit')
    .split(',')
    .map((name) => scopeNames.find((scope) => scope === name.trim().toLowerCase()))
  if (!named.every((scope) => scope !== undefined)) return `--scopes takes ${scopeNames.join(', ')}`
  if (values.days !== undefined && !/^\d{1,3}$/.test(values.days)) return '--days must be a whole number from 1 to 366'
  const scopes = named.map((scope) => scope.toUpperCase() as TokenScope)
  return { scopes, lifetimeDays: values.days === undefined ? null : Number(values.days) }
}

export interface NewToken {
  readonly kind: 'made'
  readonly token: string
  readonly id: string
  readonly scopes: readonly TokenScope[]
  readonly expiresAt: string
}

/** Makes a personal token, on behalf of somebody who has signed in. */
export async function makeToken(
  api: Api,
  name: string,
  wish: TokenWish,
): Promise<NewToken | Exclude<Answer<never>, { kind: 'data' }>> {
  const answer = await api.ask(createPersonalToken, { input: { name, ...wish } })
  if (answer.kind !== 'data') return answer
  const { createPersonalToken: outcome } = answer.data
  if (outcome.__typename === 'CreatePersonalTokenPayload') {
    const { id, scopes, expiresAt } = outcome.personalToken
    return { kind: 'made', token: outcome.token, id, scopes, expiresAt }
  }
  const fields = 'fields' in outcome ? outcome.fields.map(({ message }) => message) : []
  return { kind: 'refused', code: outcome.code, message: [outcome.message, ...fields].join(' ') }
}
