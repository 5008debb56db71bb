/** What a personal token opens. Every one of them reads. */
export const tokenScopes = ['READ', 'SUBMIT', 'ADMIN'] as const

export type TokenScope = (typeof tokenScopes)[number]

/** The personal token that somebody came with instead of signing in. */
export interface TokenGrant {
  readonly id: string
  readonly scopes: readonly TokenScope[]
}

/** On whose behalf an operation of the API runs. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'user'
      readonly userId: string
      /** The sign-in that the token was given at: it ends with it. */
      readonly signInId?: string
      /** Absent for who has signed in, and may do all that the user may. */
      readonly token?: TokenGrant
    }
  /** Somebody whom a user let watch one expression, by a link. */
  | { readonly kind: 'guest'; readonly linkId: string; readonly expressionId: string }
  /** A token of an agent: able to do an agent's work and nothing else. Several agents may share one. */
  | { readonly kind: 'agent'; readonly tokenId: string }

/** Whether this is a user, and the token that they came with, if any, opens so much. */
export const hasScope = (actor: Actor, scope: TokenScope): boolean =>
  actor.kind === 'user' && (actor.token === undefined || actor.token.scopes.includes(scope))

export const anonymous: Actor = { kind: 'anonymous' }

/** Whether nobody knows who it is: the limits of strangers hold, and are counted by network, whatever link one came with. */
export const isStranger = ({ kind }: Actor): boolean => kind === 'anonymous' || kind === 'guest'
