import type { AuditEventKind } from '../../graphql.ts'
import { msg, type Message } from '../../language/t.ts'

/** What can happen, by what it is about: as one looks for it. */
export const kindGroups = [
  {
    value: 'sign-ins',
    title: msg('Sign-ins and sessions'),
    kinds: {
      SIGNED_IN: msg('Signed in'),
      SIGN_IN_FAILED: msg('Sign-in failed'),
      SIGN_IN_THROTTLED: msg('Sign-in tried too often'),
      SIGNED_OUT: msg('Signed out'),
      SIGNED_OUT_EVERYWHERE: msg('Signed out everywhere'),
      SESSION_ENDED: msg('Session ended'),
      REFRESH_TOKEN_REUSED: msg('Session stolen'),
    },
  },
  {
    value: 'accounts',
    title: msg('Accounts and roles'),
    kinds: {
      REGISTERED: msg('Registered'),
      REGISTRATION_REFUSED: msg('Registration refused'),
      INVITATION_CREATED: msg('Invitation made'),
      INVITATION_REVOKED: msg('Invitation withdrawn'),
      ROLE_CHANGED: msg('Role changed'),
      USER_DISABLED: msg('User disabled'),
      USER_ENABLED: msg('User enabled'),
      ACCOUNT_CLOSED: msg('Account deleted'),
    },
  },
  {
    value: 'passwords',
    title: msg('Passwords'),
    kinds: {
      PASSWORD_CHANGED: msg('Password changed'),
      PASSWORD_CHANGE_FAILED: msg('Password change failed'),
      RESET_LINK_CREATED: msg('Reset link made'),
      PASSWORD_RESET: msg('Password reset'),
    },
  },
  {
    value: 'tokens',
    title: msg('Tokens, links and webhooks'),
    kinds: {
      AGENT_TOKEN_CREATED: msg('Agent token made'),
      AGENT_TOKEN_REVOKED: msg('Agent token revoked'),
      PERSONAL_TOKEN_CREATED: msg('Personal token made'),
      PERSONAL_TOKEN_REVOKED: msg('Personal token revoked'),
      SHARE_LINK_CREATED: msg('Link made'),
      SHARE_LINK_REVOKED: msg('Link revoked'),
      WEBHOOK_CREATED: msg('Webhook made'),
      WEBHOOK_CHANGED: msg('Webhook changed'),
      WEBHOOK_DELETED: msg('Webhook deleted'),
      WEBHOOK_DISABLED: msg('Webhook disabled'),
    },
  },
  {
    value: 'agents',
    title: msg('Agents@@audit'),
    kinds: {
      AGENT_DRAINED: msg('Agent drained'),
      AGENT_UNDRAINED: msg('Agent kept'),
      AGENT_REINSTATED: msg('Agent reinstated'),
      AGENT_FORGOTTEN: msg('Agent forgotten'),
      OWN_AGENT_KILLED: msg('Agent killed'),
      OWN_AGENT_STARTED: msg('Agent started'),
    },
  },
  {
    value: 'work',
    title: msg('Durations and expressions'),
    kinds: {
      DURATIONS_CHANGED: msg('Durations changed'),
      EXPRESSIONS_CANCELLED: msg('Expressions of others cancelled'),
      EXPRESSIONS_DELETED: msg('Expressions of others deleted'),
    },
  },
] as const satisfies readonly KindGroup[]

interface KindGroup {
  readonly value: string
  readonly title: Message
  readonly kinds: Partial<Record<AuditEventKind, Message>>
}

type Titles = { readonly [Kind in AuditEventKind]: Message }

type Union<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer All) => void ? All : never

/** A kind that no group has is a mistake that does not compile. */
const titles: Titles = Object.assign({}, ...kindGroups.map(({ kinds }) => kinds)) as Union<
  (typeof kindGroups)[number]['kinds']
>

export const kindTitle = (kind: AuditEventKind): Message => titles[kind]

/** As it stands in the page's address. */
export const writeKind = (kind: AuditEventKind): string => kind.toLowerCase().replaceAll('_', '-')

/** The kinds that the page's address names, a group or one; null for all of them. */
export function kindsNamed(name: string | null): AuditEventKind[] | null {
  const group = kindGroups.find(({ value }) => value === name)
  const kinds = group ? Object.keys(group.kinds) : Object.keys(titles).filter((kind) => isNamed(kind, name))
  return kinds.length === 0 ? null : (kinds as AuditEventKind[])
}

const isNamed = (kind: string, name: string | null): boolean => writeKind(kind as AuditEventKind) === name
