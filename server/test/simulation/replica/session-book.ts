import { graceAfter, type Parting } from '../../../src/domain/lease.ts'
import type { Attempts } from '../../../src/scheduler/attempts.ts'
import { inBackground } from '../../../src/realtime/in-background.ts'
import { Outbox } from '../../../src/scheduler/outbox.ts'
import { persist } from '../../../src/scheduler/persist.ts'
import { resumeHeld } from '../../../src/scheduler/resume.ts'
import { computing, type Held, type Session } from '../../../src/scheduler/session.ts'
import type { AgentPresence } from '../../../src/store/agents/agent-row.ts'
import type { SessionOpening } from '../../../src/use-cases/scheduler-port.ts'
import type { Parts } from './parts.ts'
import type { ResumeWait } from './resume-wait.ts'

/** As the scheduler's `Sessions`, on the model of the store; what an agent brings along is settled by the scheduler's own. */
export class SessionBook {
  private isStopping = false
  private readonly parts: Parts
  private readonly attempts: Attempts
  private readonly wait: ResumeWait
  private readonly onHandedBack: (tickets: readonly string[]) => void

  /** @param onHandedBack told of tickets that went back in line without an attempt, for the checks */
  constructor(parts: Parts, attempts: Attempts, wait: ResumeWait, onHandedBack: (tickets: readonly string[]) => void) {
    this.parts = parts
    this.attempts = attempts
    this.wait = wait
    this.onHandedBack = onHandedBack
  }

  async open(opening: SessionOpening): Promise<Outbox | undefined> {
    const { ids, replicaId, environment, announcer, state, dispatcher } = this.parts.deps
    const { tokenId, name, slots, sessionId, heldTickets } = opening
    await this.find(opening)?.presenceWritten
    const id = ids.next()
    const row = await this.parts.store.call(({ presence }) =>
      presence.openSession({ id, tokenId, name, slots, sessionId, replicaId }),
    )
    if (row === undefined) return undefined
    const finished = await this.findFinished(row.id, heldTickets)
    const known = state.sessions.get(row.id)
    if (known && known.sessionId !== sessionId) this.supersede(known)
    const session = state.sessions.get(row.id) ?? newSession(row.id, opening)
    state.sessions.set(row.id, session)
    session.slots = slots
    session.draining = row.presence === 'DRAINING'
    const outbox = this.attach(session, opening)
    const named = this.parts.broken === 'forgets what agents bring along' ? [] : heldTickets
    const heldBefore = [...session.held.keys()]
    const revokedTickets = resumeHeld(this.parts.deps, this.attempts, session, named, finished)
    this.onHandedBack(heldBefore.filter((ticket) => !session.held.has(ticket) && !heldTickets.includes(ticket)))
    const { SESSION_GRACE_MS: graceMs, MAX_DIGITS: maxDigits } = environment
    outbox.notify({ kind: 'AgentSessionOpened', agentId: row.id, graceMs, maxDigits, revokedTickets })
    announcer.announce({ kind: 'agent', id: row.id })
    this.wait.agentCame(row.id)
    dispatcher.request()
    announcer.announce({ kind: 'slotsOpened' })
    return outbox
  }

  /** The replica is about to go: the agents take what they hold to another. */
  stop(): void {
    this.isStopping = true
    for (const { graceTimer } of this.parts.deps.state.sessions.values()) if (graceTimer) clearTimeout(graceTimer)
  }

  private find({ tokenId, name }: SessionOpening): Session | undefined {
    return [...this.parts.deps.state.sessions.values()].find(
      (session) => session.tokenId === tokenId && session.name === name,
    )
  }

  private async findFinished(agentId: string, held: readonly string[]): Promise<ReadonlySet<string>> {
    const { state, tickets } = this.parts.deps
    const foreign = held.flatMap((ticket) => {
      const claim = tickets.verify(ticket, agentId)
      return claim && !state.owned.has(claim.expressionId) ? [{ ticket, ...claim }] : []
    })
    if (foreign.length === 0) return new Set()
    return this.parts.store.call(({ expressions }) => {
      const finished = foreign.filter(({ expressionId, epoch }) => !expressions.isUnfinished(expressionId, 0, epoch))
      return new Set(finished.map(({ ticket }) => ticket))
    })
  }

  private attach(session: Session, { connection }: SessionOpening): Outbox {
    if (session.graceTimer) clearTimeout(session.graceTimer)
    session.graceTimer = null
    const earlier = session.attachment
    const outbox = new Outbox(() => this.detach(session, outbox))
    session.attachment = { connection, outbox }
    earlier?.outbox.end()
    return outbox
  }

  private detach(session: Session, outbox: Outbox): void {
    const { attachment } = session
    if (attachment?.outbox !== outbox) return
    session.attachment = null
    if (this.isStopping || this.parts.broken === 'keeps the session of a lost agent') return
    const { state } = attachment.connection
    const parting = state === 'open' ? 'left' : state
    const graceMs = graceAfter(parting, this.parts.deps.environment.SESSION_GRACE_MS)
    if (graceMs === 0) return this.endSoon(session, parting)
    session.graceTimer = setTimeout(() => this.endSoon(session, parting), graceMs)
    inBackground(this.parts.deps.logger, 'write a presence', () => this.writePresence(session, 'RECONNECTING'))
  }

  private supersede(session: Session): void {
    const { attachment } = session
    this.endSoon(session, 'closed')
    attachment?.outbox.notify({ kind: 'AgentSupersededError', code: 'AGENT_SUPERSEDED', message: '' })
    attachment?.outbox.end()
  }

  private endSoon(session: Session, parting: Parting): void {
    inBackground(this.parts.deps.logger, 'end a session', () => this.end(session, parting))
  }

  private async end(session: Session, parting: Parting): Promise<void> {
    const { state } = this.parts.deps
    if (state.sessions.get(session.agentId) !== session) return
    state.sessions.delete(session.agentId)
    session.attachment = null
    if (session.graceTimer) clearTimeout(session.graceTimer)
    const isOut = ({ overdue }: Held) => !overdue
    const held = [...session.held.values()].filter(isOut)
    const lost = parting === 'left' ? [] : computing(session).filter(isOut)
    session.held.clear()
    const waiting = held.filter((task) => !lost.includes(task))
    this.onHandedBack(waiting.map(({ ticket }) => ticket))
    this.attempts.handBack(waiting)
    const kept = this.attempts.fail(lost.map((task) => ({ held: task, outcome: 'AGENT_LOST', message: parting })))
    await Promise.all([kept, this.writePresence(session, 'OFFLINE')])
  }

  private writePresence(session: Session, presence: AgentPresence): Promise<void> {
    const { replicaId, announcer, logger } = this.parts.deps
    const { agentId, sessionId } = session
    const write = () =>
      this.parts.store.call((store) => store.presence.setPresence(agentId, sessionId, replicaId, presence))
    session.presenceWritten = session.presenceWritten.then(async () => {
      if (await persist(logger, 'write the presence of an agent', write))
        announcer.announce({ kind: 'agent', id: agentId })
    })
    return session.presenceWritten
  }
}

const newSession = (agentId: string, { tokenId, sessionId, name, slots }: SessionOpening): Session => ({
  ...{ agentId, tokenId, sessionId, name, slots },
  draining: false,
  distrusted: false,
  hasComputed: 'no',
  attachment: null,
  held: new Map(),
  revision: 0,
  graceTimer: null,
  hasMoved: false,
  presenceWritten: Promise.resolve(),
})
