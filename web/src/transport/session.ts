import type { ResultOf, VariablesOf } from 'gql.tada'
import type { Post, PostOutcome } from './post.ts'
import {
  AuthenticationFragment,
  ChangePasswordMutation,
  LogoutEverywhereMutation,
  LoginMutation,
  LogoutMutation,
  RefreshSessionMutation,
  RegisterMutation,
  RegistrationQuery,
  ResetPasswordMutation,
} from './session-documents.ts'
import type { OwedSignOut } from './owed-sign-out.ts'
import type { Tabs } from './tabs.ts'
import { createValueStore } from './value-store.ts'

type Authentication = ResultOf<typeof AuthenticationFragment>
type LoginResult = ResultOf<typeof LoginMutation>['login']
type RegisterResult = ResultOf<typeof RegisterMutation>['register']
type ResetPasswordResult = ResultOf<typeof ResetPasswordMutation>['resetPassword']
type ChangePasswordResult = ResultOf<typeof ChangePasswordMutation>['changePassword']
export type PasswordChange = VariablesOf<typeof ChangePasswordMutation>['input']
export type PasswordReset = VariablesOf<typeof ResetPasswordMutation>['input']
export type Credentials = VariablesOf<typeof LoginMutation>['input']

export type SessionState =
  /** The page has just loaded and asks whether its cookie is still good. */
  | { readonly status: 'resuming' }
  /** It asked, and nobody answered. */
  | { readonly status: 'unreachable' }
  | { readonly status: 'signed-out'; readonly isExpired: boolean }
  | { readonly status: 'signed-in'; readonly user: Authentication['user'] }

export type RefreshOutcome = 'refreshed' | 'ended' | 'unreachable'

type Unreachable = Extract<PostOutcome<never>, { kind: 'unreachable' }>

export type CredentialsOutcome =
  | Exclude<LoginResult | RegisterResult | ChangePasswordResult | ResetPasswordResult, { __typename: 'Authentication' }>
  | { readonly __typename: 'SignedIn' }
  | { readonly __typename: 'Unreachable'; readonly reason?: Unreachable['reason'] }

/** What a client of the API needs of whoever it asks for. */
export interface TokenSource {
  readonly accessToken: () => string | undefined
  /** Gets a new access token. Callers at the same time share one request. */
  readonly refresh: () => Promise<RefreshOutcome>
  /** Has the next user of the token refresh it first. */
  readonly discardAccessToken: () => void
  /** Ends it without asking the server, which has refused it. */
  readonly end: () => void
}

/**
 * The user's session in this page. The access token lives in memory and nowhere else; the refresh token is a cookie that
 * scripts cannot read. The server says when a token has expired, so no clock is compared with another.
 */
export interface Session extends TokenSource {
  readonly state: { readonly get: () => SessionState; readonly subscribe: (listener: () => void) => () => void }
  /** Whether one may register without an invitation; where nobody answers, that shows when one tries. */
  readonly isRegistrationOpen: () => Promise<boolean>
  readonly signIn: (credentials: Credentials) => Promise<CredentialsOutcome>
  readonly register: (credentials: Credentials) => Promise<CredentialsOutcome>
  /** Ends all sessions of the user, and begins another for this page. */
  readonly changePassword: (change: PasswordChange) => Promise<CredentialsOutcome>
  /** By the link of an admin: ends all sessions of its user, and begins one for this page. */
  readonly resetPassword: (reset: PasswordReset) => Promise<CredentialsOutcome>
  readonly signOut: () => Promise<void>
  /** Ends all sessions of the user; tells whether the server did. */
  readonly signOutEverywhere: () => Promise<boolean>
}

const unreachable = { kind: 'unreachable' } as const

interface SessionOptions {
  readonly post: Post
  readonly tabs: Tabs
  readonly owedSignOut: OwedSignOut
}

export function createSession({ post, tabs, owedSignOut }: SessionOptions): Session {
  const state = createValueStore<SessionState>({ status: 'resuming' })
  let accessToken: string | undefined
  let refreshing: Promise<RefreshOutcome> | undefined

  function begin(authentication: Authentication): void {
    accessToken = authentication.accessToken
    owedSignOut.set(false)
    state.set({ status: 'signed-in', user: authentication.user })
  }

  function end(isExpired: boolean): void {
    accessToken = undefined
    state.set({ status: 'signed-out', isExpired })
  }

  function endEverywhere(): void {
    end(false)
    tabs.tellSignedOut()
  }
  tabs.onSignedOut(() => state.get().status === 'signed-in' && end(true))

  /** By the cookie alone where there is no token, or one that has expired. Returns whether the server has heard of it. */
  async function tellSignOut(token?: string): Promise<boolean> {
    const isTold = token !== undefined && (await post(LogoutMutation, {}, token)).kind === 'answered'
    // Whoever has signed in meanwhile has another cookie.
    if (!isTold && owedSignOut.get() && (await post(LogoutMutation, {})).kind === 'unreachable') return false
    owedSignOut.set(false)
    return true
  }

  async function refresh(): Promise<RefreshOutcome> {
    const before = state.get()
    const isOwed = before.status !== 'signed-in' && owedSignOut.get()
    const outcome = isOwed && !(await tellSignOut()) ? unreachable : await post(RefreshSessionMutation, {})
    // Somebody signed in or out meanwhile: that counts.
    if (state.get() !== before) return state.get().status === 'signed-in' ? 'refreshed' : 'ended'
    if (outcome.kind === 'unreachable') {
      if (before.status === 'resuming') state.set({ status: 'unreachable' })
      return 'unreachable'
    }
    const result = outcome.data.refreshSession
    switch (result.__typename) {
      case 'Authentication':
        begin(result)
        return 'refreshed'
      case 'SessionExpiredError':
        end(before.status === 'signed-in')
        return 'ended'
      case 'RateLimitedError':
        if (before.status === 'resuming') state.set({ status: 'unreachable' })
        return 'unreachable'
      default:
        return result satisfies never
    }
  }

  function enter(
    outcome: PostOutcome<LoginResult | RegisterResult | ChangePasswordResult | ResetPasswordResult>,
  ): CredentialsOutcome {
    if (outcome.kind === 'unreachable') return { __typename: 'Unreachable', reason: outcome.reason }
    if (outcome.data.__typename !== 'Authentication') return outcome.data
    begin(outcome.data)
    return { __typename: 'SignedIn' }
  }

  /** The server closes the socket of the session that this ends: whoever would refresh it waits for the one that this begins. */
  function insteadOfRefreshing(entering: Promise<CredentialsOutcome>): Promise<CredentialsOutcome> {
    const refreshed = entering.then(async ({ __typename }): Promise<RefreshOutcome> => {
      refreshing = undefined
      return __typename === 'SignedIn' ? 'refreshed' : refresh()
    })
    refreshing = refreshed
    return entering
  }

  return {
    state,
    accessToken: () => accessToken,
    refresh() {
      refreshing ??= refresh().finally(() => (refreshing = undefined))
      return refreshing
    },
    discardAccessToken() {
      accessToken = undefined
    },
    async isRegistrationOpen() {
      const outcome = await post(RegistrationQuery, {})
      return outcome.kind === 'unreachable' || outcome.data.registration.isOpen
    },
    async signIn(input) {
      const outcome = await post(LoginMutation, { input })
      return enter(outcome.kind === 'answered' ? { ...outcome, data: outcome.data.login } : outcome)
    },
    async register(input) {
      const outcome = await post(RegisterMutation, { input })
      return enter(outcome.kind === 'answered' ? { ...outcome, data: outcome.data.register } : outcome)
    },
    async resetPassword(input) {
      const outcome = await post(ResetPasswordMutation, { input })
      return enter(outcome.kind === 'answered' ? { ...outcome, data: outcome.data.resetPassword } : outcome)
    },
    changePassword: (input) =>
      insteadOfRefreshing(
        post(ChangePasswordMutation, { input }, accessToken).then((outcome) =>
          enter(outcome.kind === 'answered' ? { ...outcome, data: outcome.data.changePassword } : outcome),
        ),
      ),
    async signOutEverywhere() {
      const outcome = await post(LogoutEverywhereMutation, {}, accessToken)
      const isDone =
        outcome.kind === 'answered' && outcome.data.logoutEverywhere.__typename === 'LogoutEverywherePayload'
      if (isDone) endEverywhere()
      return isDone
    },
    async signOut() {
      const token = accessToken
      owedSignOut.set(true)
      endEverywhere()
      await tellSignOut(token)
    },
    end: () => end(true),
  }
}

/** Waits until it is known whether somebody is signed in. */
export function untilSettled({ state }: Pick<Session, 'state'>): Promise<'signed-in' | 'signed-out'> {
  return new Promise((resolve) => {
    const look = () => {
      const { status } = state.get()
      if (status !== 'signed-in' && status !== 'signed-out') return
      unsubscribe()
      resolve(status)
    }
    const unsubscribe = state.subscribe(look)
    look()
  })
}
