/** On whose behalf an operation of the API runs. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'user'
      readonly userId: string
      /** The sign-in that the token was given at: it ends with it. */
      readonly signInId?: string
    }
  /** A token of an agent: able to do an agent's work and nothing else. Several agents may share one. */
  | { readonly kind: 'agent'; readonly tokenId: string }

export const anonymous: Actor = { kind: 'anonymous' }
