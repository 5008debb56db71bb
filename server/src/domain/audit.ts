/** What is written down of accounts. */
export const auditKinds = [
  'SIGNED_IN',
  'SIGN_IN_FAILED',
  'SIGN_IN_THROTTLED',
  'SIGNED_OUT',
  'SIGNED_OUT_EVERYWHERE',
  /** A refresh token came a second time: it, or its successor, was stolen. */
  'REFRESH_TOKEN_REUSED',
  'REGISTERED',
  'REGISTRATION_REFUSED',
  'PASSWORD_CHANGED',
  'PASSWORD_CHANGE_FAILED',
  'ROLE_CHANGED',
  'AGENT_TOKEN_CREATED',
  'AGENT_TOKEN_REVOKED',
  'PERSONAL_TOKEN_CREATED',
  'PERSONAL_TOKEN_REVOKED',
  'WEBHOOK_CREATED',
  'WEBHOOK_CHANGED',
  'WEBHOOK_DELETED',
  /** By the server: nothing arrived. */
  'WEBHOOK_DISABLED',
  'INVITATION_CREATED',
  'INVITATION_REVOKED',
  'DURATIONS_CHANGED',
  'AGENT_DRAINED',
  'AGENT_UNDRAINED',
  'AGENT_REINSTATED',
  'AGENT_FORGOTTEN',
  /** One that the server has started. */
  'OWN_AGENT_KILLED',
  'OWN_AGENT_STARTED',
  'SHARE_LINK_CREATED',
  'SHARE_LINK_REVOKED',
  /** By somebody who is not their owner. */
  'EXPRESSIONS_CANCELLED',
  'EXPRESSIONS_DELETED',
  /** One sign-in, from a list of them. */
  'SESSION_ENDED',
  'ACCOUNT_CLOSED',
  'USER_DISABLED',
  'USER_ENABLED',
  'RESET_LINK_CREATED',
  'PASSWORD_RESET',
] as const

export type AuditKind = (typeof auditKinds)[number]

/** Something that happened to an account, without secrets. */
export interface AuditEvent {
  readonly kind: AuditKind
  /** The user who did it, where one was signed in. */
  readonly actorId?: string | null
  /** The user, token, invitation, link or agent that it was done to; of expressions their owner. */
  readonly subjectId?: string | null
  /** The network address that it came from. */
  readonly address?: string | null
  /** What else there is to know: an email, a name, a role. */
  readonly detail?: string | null
}

/** How many events a replica writes down one by one. The rest of a minute is counted, and told at its end. */
export interface AuditLimits {
  /** Of a kind from a network, or by a user, in a minute. */
  readonly ofOne: number
  /** Of all that anybody can cause, in a minute. */
  readonly ofAnybody: number
  /** Of all that takes an account, in a minute. */
  readonly ofUsers: number
}

/**
 * At 60 a minute and some 200 bytes a row a flood that never pauses fills 1.6 GB in 90 days, and a mere 10 of them are one network's. What takes an
 * account has room of its own, so that nobody can hide by such a flood what they do with somebody else's: it takes fifty accounts to use it up.
 */
export const auditLimits: AuditLimits = { ofOne: 10, ofAnybody: 60, ofUsers: 500 }

/** What takes neither an account nor anything secret. */
const ofAnybody: ReadonlySet<AuditKind> = new Set([
  'SIGN_IN_FAILED',
  'SIGN_IN_THROTTLED',
  'REGISTERED',
  'REGISTRATION_REFUSED',
])

/** What only admins do is always written down. */
const ofAdmins: ReadonlySet<AuditKind> = new Set([
  'ROLE_CHANGED',
  'AGENT_TOKEN_CREATED',
  'AGENT_TOKEN_REVOKED',
  'INVITATION_CREATED',
  'INVITATION_REVOKED',
  'DURATIONS_CHANGED',
  'AGENT_DRAINED',
  'AGENT_UNDRAINED',
  'AGENT_REINSTATED',
  'AGENT_FORGOTTEN',
  'OWN_AGENT_KILLED',
  'OWN_AGENT_STARTED',
  'EXPRESSIONS_CANCELLED',
  'EXPRESSIONS_DELETED',
  'USER_DISABLED',
  'USER_ENABLED',
  'RESET_LINK_CREATED',
])

const minuteMs = 60_000

/** Decides which events are written down one by one, and counts the others. */
export class AuditBudget {
  readonly #limits: AuditLimits
  #minute = 0
  #written = { ofAnybody: 0, ofUsers: 0 }
  readonly #writtenOfOne = new Map<string, number>()
  readonly #unwritten = new Map<AuditKind, number>()

  constructor(limits: AuditLimits = auditLimits) {
    this.#limits = limits
  }

  /**
   * @param network where it comes from
   * @param userId whose account it takes, where it takes one and that is known
   */
  admits(kind: AuditKind, network: string, userId: string | null): boolean {
    if (ofAdmins.has(kind)) return true
    const of = ofAnybody.has(kind) ? 'ofAnybody' : 'ofUsers'
    const key = `${kind} ${of === 'ofUsers' && userId !== null ? userId : network}`
    const ofOne = this.#writtenOfOne.get(key) ?? 0
    if (ofOne >= this.#limits.ofOne || this.#written[of] >= this.#limits[of]) {
      this.#unwritten.set(kind, (this.#unwritten.get(kind) ?? 0) + 1)
      return false
    }
    this.#written[of] += 1
    this.#writtenOfOne.set(key, ofOne + 1)
    return true
  }

  /** At the end of a minute begins another, and returns how many of each kind were not written down. */
  turn(now: number): [AuditKind, number][] {
    const minute = Math.floor(now / minuteMs)
    if (minute === this.#minute) return []
    this.#minute = minute
    this.#written = { ofAnybody: 0, ofUsers: 0 }
    this.#writtenOfOne.clear()
    const unwritten = [...this.#unwritten]
    this.#unwritten.clear()
    return unwritten
  }
}
