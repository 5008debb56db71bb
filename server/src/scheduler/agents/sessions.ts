import { graceAfter, type DisconnectReason } from '../../domain/tasks/lease.ts'
import { newNamesSeconds, refusalOf, suspendedMessage, type AgentRefusal } from '../../domain/tasks/agent-quota.ts'
import type { AgentPresence } from '../../store/agents/agent-row.ts'
import { closeCodes } from '../../use-cases/agents/close-codes.ts'
import type { AgentSessionEvent, SessionOpening, SessionOutcome } from '../../use-cases/scheduler-port.ts'
import type { Attempts } from '../results/attempts.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import { inBackground } from '../../realtime/in-background.ts'
import { announceForeign } from '../remote/foreign-assignments.ts'
import type { Handoffs } from '../remote/handoffs.ts'
import { Outbox } from '../memory/outbox.ts'
import { prepareLeaving } from './leaving.ts'
import { findFinishedTickets, resumeAssignments } from './resume.ts'
import { computing, gone, newSession, type Session } from '../memory/session.ts'

/** Agents' sessions: opened, resumed, lost. */
export class Sessions {
  private stopping = false
  private readonly deps: SchedulerDeps
  private readonly attempts: Attempts
  private readonly handoffs: Handoffs

  constructor(deps: SchedulerDeps, attempts: Attempts, handoffs: Handoffs) {
    this.deps = deps
    this.attempts = attempts
    this.handoffs = handoffs
  }

  /** Opens a session, or resumes it. */
  async open(opening: SessionOpening): Promise<SessionOutcome> {
    const { environment, announcer, logger } = this.deps
    const earlier = this.findSession(opening)
    if (earlier && earlier.place.kind !== 'here') this.awaitReturn(earlier)
    await earlier?.writes.idle()
    const outcome = await this.openRow(opening)
    if (outcome.kind === 'refused') return outcome.refusal
    if (outcome.kind === 'revoked') return outcome
    const { row } = outcome
    const agentId = row.id
    const finished = await findFinishedTickets(this.deps, agentId, opening.heldTickets)
    const named = new Set(opening.heldTickets)
    const resumed = earlier?.sessionId === opening.sessionId ? earlier : undefined
    await this.handoffs.learnResults(agentId, resumed, named)
    // From here on nothing waits, so that no half-open session is left behind if something fails.
    const known = this.deps.state.sessions.get(agentId)
    if (known && known.sessionId !== opening.sessionId) this.supersede(known)
    const session = this.deps.state.sessions.get(agentId) ?? newSession(agentId, opening)
    this.deps.state.sessions.set(agentId, session)
    this.deps.state.tallies.begin(agentId, { done: row.tasksDone, failed: row.tasksFailed, lost: row.tasksLost })
    session.slots = opening.slots
    session.draining = row.presence === 'DRAINING'
    const outbox = this.attach(session, opening)
    this.handoffs.handBackUnnamed(session, named)
    const revokedTickets = resumeAssignments(this.deps, this.attempts, this.handoffs, session, opening, finished)
    const { SESSION_GRACE_MS: graceMs, MAX_DIGITS: maxDigits } = environment
    outbox.notify({ kind: 'AgentSessionOpened', agentId, graceMs, maxDigits, revokedTickets })
    if (session.draining) outbox.notify({ kind: 'AgentDrainRequested', reason: 'An admin asked for it.' })
    logger.info(
      { agent: opening.name, slots: opening.slots, assignments: session.assignments.size },
      known ? 'agent is back' : 'agent is here',
    )
    announceForeign(this.deps, session)
    announcer.announce({ kind: 'agent', id: agentId })
    announcer.signal({ kind: 'stats' })
    this.deps.dispatcher.request()
    return { kind: 'opened', events: outbox }
  }

  private openRow(opening: SessionOpening) {
    const { store, ids, replicaId, environment } = this.deps
    const quota = { maxAgents: environment.MAX_AGENTS_PER_TOKEN, maxSlots: environment.MAX_SLOTS_PER_TOKEN }
    const session = { ...opening, id: ids.next(), replicaId }
    return store.presence.openSession<AgentRefusal>(session, newNamesSeconds, (use) =>
      refusalOf(use, opening.slots, quota),
    )
  }

  /** From here on the sockets close because this replica stops: the agents take what they hold to another. */
  stop(): void {
    this.stopping = true
    for (const { place } of this.deps.state.sessions.values()) if (place.kind === 'away') place.cancelGrace()
  }

  /** By the agent itself, which is to stop. */
  prepareLeaving(agentId: string, heldTickets: readonly string[]): void {
    const session = this.deps.state.sessions.get(agentId)
    if (session) prepareLeaving(this.deps, this.attempts, session, heldTickets)
  }

  /** Asks an agent to finish what it holds and leave. */
  drain(agentId: string): void {
    const session = this.deps.state.sessions.get(agentId)
    if (session === undefined || session.draining) return
    session.draining = true
    if (session.place.kind !== 'here') return
    session.place.attachment.outbox.notify({ kind: 'AgentDrainRequested', reason: 'An admin asked for it.' })
  }

  /** Lets an agent stay that was asked to leave. */
  undrain(agentId: string): void {
    const { state, dispatcher, logger } = this.deps
    const session = state.sessions.get(agentId)
    if (!session?.draining) return
    session.draining = false
    if (session.place.kind === 'here') {
      session.place.attachment.outbox.notify({ kind: 'AgentDrainWithdrawn', reason: 'An admin asked for it.' })
      dispatcher.request()
      // The row says that it is here again.
    } else inBackground(logger, 'write a presence', () => this.writePresence(session, 'RECONNECTING'))
  }

  /** An agent that returned results that cannot be is sent away, and what it holds goes to others. */
  suspend(agentId: string, reason: string): void {
    const session = this.deps.state.sessions.get(agentId)
    if (session === undefined) return
    const message = suspendedMessage(reason)
    this.sendAway(session, { kind: 'AgentSuspendedError', code: 'AGENT_SUSPENDED', message }, 'left')
  }

  /** A revoked token takes all its sessions with it, at once. The transport closes the sockets. */
  revokeToken(tokenId: string): void {
    for (const session of this.deps.state.sessions.values())
      if (session.tokenId === tokenId) this.endSoon(session, 'left')
  }

  private attach(session: Session, { connection }: SessionOpening): Outbox {
    const earlier = session.place
    const outbox = new Outbox(() => this.detach(session, outbox))
    session.place = { kind: 'here', attachment: { connection, outbox } }
    if (earlier.kind === 'here') earlier.attachment.outbox.end()
    if (earlier.kind === 'away') earlier.cancelGrace()
    return outbox
  }

  /** The agent's end of the subscription is gone. */
  private detach(session: Session, outbox: Outbox): void {
    const { place } = session
    if (place.kind !== 'here' || place.attachment.outbox !== outbox) return
    session.place = { kind: 'away', cancelGrace: () => {} }
    if (this.stopping) return
    const reason = reasonOf(place.attachment.connection.state)
    const graceMs = graceAfter(reason, this.deps.environment.SESSION_GRACE_MS)
    this.deps.announcer.signal({ kind: 'stats' })
    if (graceMs === 0) return this.endSoon(session, reason)
    this.awaitReturn(session)
    // An agent that is to leave stays so: when it comes back, its row says that it is DRAINING.
    if (!session.draining)
      inBackground(this.deps.logger, 'write a presence', () => this.writePresence(session, 'RECONNECTING'))
  }

  /** Gives an agent its grace, from now on. */
  private awaitReturn(session: Session): void {
    if (session.place.kind === 'away') session.place.cancelGrace()
    const over = () => inBackground(this.deps.logger, 'end a session', () => this.endUnlessMoved(session))
    session.place = { kind: 'away', cancelGrace: this.deps.clock.after(this.deps.environment.SESSION_GRACE_MS, over) }
  }

  /** The agent has not come back here. In its grace it may have come to another replica, with all that it holds. */
  private async endUnlessMoved(session: Session): Promise<void> {
    const { place } = session
    const { persistent, replicaId } = this.deps
    const moved = await persistent.presence.findMoved(replicaId, [session])
    // The agent may have come back meanwhile, or be about to.
    if (session.place !== place) return
    if (moved.has(session.sessionId)) await this.handOff(session)
    else await this.end(session, 'closed')
  }

  /** Its agent goes on at another replica with what it was given here. */
  private async handOff(session: Session): Promise<void> {
    this.deps.state.sessions.delete(session.agentId)
    session.place = gone
    this.handoffs.noteLeft(session)
    await this.noteComputed(session)
  }

  private async noteComputed({ agentId, hasComputed }: Session): Promise<void> {
    if (hasComputed === 'yes') await this.deps.persistent.presence.noteComputed([agentId])
  }

  private supersede(session: Session): void {
    const message = 'Another agent has opened a session under this name. Give each agent a name of its own.'
    this.sendAway(session, { kind: 'AgentSupersededError', code: 'AGENT_SUPERSEDED', message }, 'closed')
  }

  /** Ends a session with its last word, and soon its socket. */
  private sendAway(
    session: Session,
    lastWord: AgentSessionEvent & { readonly code: string },
    reason: DisconnectReason,
  ): void {
    const { place } = session
    this.endSoon(session, reason)
    if (place.kind !== 'here') return
    const { connection, outbox } = place.attachment
    outbox.notify(lastWord)
    outbox.end()
    const [code, text] =
      lastWord.code === 'AGENT_SUPERSEDED' ? [closeCodes.SUPERSEDED, 'superseded'] : [closeCodes.FORBIDDEN, 'suspended']
    this.deps.clock.after(1_000, () => connection.close(code, text))
  }

  private endSoon(session: Session, reason: DisconnectReason): void {
    inBackground(this.deps.logger, 'end a session', () => this.end(session, reason))
  }

  private findSession({ tokenId, name }: SessionOpening): Session | undefined {
    for (const session of this.deps.state.sessions.values())
      if (session.tokenId === tokenId && session.name === name) return session
    return undefined
  }

  /** The session is over: all that it holds goes back at once. What a lost agent was computing counts as an attempt. */
  private async end(session: Session, reason: DisconnectReason): Promise<void> {
    const { state, announcer, book, logger } = this.deps
    if (state.sessions.get(session.agentId) !== session) return
    state.sessions.delete(session.agentId)
    if (session.place.kind === 'away') session.place.cancelGrace()
    session.place = gone
    const lost = reason === 'left' ? [] : computing(session).filter(({ overdue }) => !overdue)
    const assignments = book.removeAll(session).filter(({ overdue }) => !overdue)
    logger.info({ agent: session.name, reason, assignments: assignments.length }, 'agent is gone')
    if (reason !== 'left') this.deps.meter.count('agent_sessions_lost_total', reason)
    this.attempts.handBack(assignments.filter((assignment) => !lost.includes(assignment)))
    const message = reason === 'silent' ? 'The agent did not answer any more.' : 'The connection to the agent was lost.'
    const kept = this.attempts.fail(lost.map((assignment) => ({ assignment, outcome: 'AGENT_LOST', message })))
    announcer.signal({ kind: 'stats' })
    await this.noteComputed(session)
    await Promise.all([kept, this.writePresence(session, 'OFFLINE')])
  }

  private writePresence({ agentId, sessionId, writes }: Session, presence: AgentPresence): Promise<void> {
    const { replicaId, announcer, persistent } = this.deps
    return writes.run(async () => {
      if (await persistent.presence.setPresence(agentId, sessionId, replicaId, presence))
        announcer.announce({ kind: 'agent', id: agentId })
    })
  }
}

function reasonOf(state: 'open' | 'closed' | 'silent'): DisconnectReason {
  return state === 'open' ? 'left' : state
}
