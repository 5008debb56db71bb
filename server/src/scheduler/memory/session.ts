import type { Holder } from '../../domain/tasks/task-graph.ts'
import type { SessionConnection } from '../../use-cases/scheduler-port.ts'
import type { Offer } from '../../store/offers/offer.ts'
import type { Outbox } from './outbox.ts'
import type { OwnedExpression } from './owned-expression.ts'

/** A task that an agent holds. */
export interface Held extends Holder {
  readonly expressionId: string
  readonly task: number
  /** Of the expression, as when the task was given out. */
  readonly epoch: number
  /** Where this replica owns the expression. */
  owned: OwnedExpression | null
  /** Where another replica owns it and offered the task. */
  readonly offer: Offer | null
  /** When it was given out, or when this replica learned of it; milliseconds since the Unix epoch. */
  readonly since: number
  readonly durationMs: number
  /** Given to another agent too, because it was out for too long. */
  overdue: boolean
}

/** The socket's end of a session, while there is one. */
export interface Attachment {
  readonly connection: SessionConnection
  readonly outbox: Outbox
}

/** An agent's presence at this replica. It outlives a socket by a short grace. */
export interface Session {
  readonly agentId: string
  readonly tokenId: string
  readonly sessionId: string
  readonly name: string
  slots: number
  draining: boolean
  /** A result of it was refused, and until that is noted it is given nothing. */
  distrusted: boolean
  /** Whether it has computed something, and its row says so. */
  hasComputed: 'no' | 'yes' | 'noted'
  attachment: Attachment | null
  /** By ticket, in the order of giving out: an agent computes them in this order. */
  readonly held: Map<string, Held>
  /** Rises with every change of what it holds: see `SchedulerState.revise`. */
  revision: number
  /** Ends the grace that runs, if one does. */
  cancelGrace: (() => void) | null
  /** Its agent is at another replica, and goes on there with what it was given here. */
  hasMoved: boolean
  /** Resolves when what was to be written of its presence is written. */
  presenceWritten: Promise<void>
}

/** Of what a session holds, what its agent is computing; the rest waits at the agent. */
export const computing = (session: Session): Held[] => [...session.held.values()].slice(0, session.slots)

export const newSession = (
  agentId: string,
  { tokenId, sessionId, name, slots }: Pick<Session, 'tokenId' | 'sessionId' | 'name' | 'slots'>,
): Session => ({
  agentId,
  tokenId,
  sessionId,
  name,
  slots,
  draining: false,
  distrusted: false,
  hasComputed: 'no',
  attachment: null,
  held: new Map(),
  revision: 0,
  cancelGrace: null,
  hasMoved: false,
  presenceWritten: Promise.resolve(),
})
