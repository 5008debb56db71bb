import { Serial } from '../../store/serial.ts'
import type { SessionConnection } from '../../use-cases/scheduler-port.ts'
import { Activity } from './activity.ts'
import type { Assignment } from './assignment.ts'
import { Line } from './line.ts'
import type { Outbox } from './outbox.ts'

/** The socket's end of a session, while there is one. */
export interface Attachment {
  readonly connection: SessionConnection
  readonly outbox: Outbox
}

/** Where a session's agent is. */
export type Place =
  /** Connected to this replica. */
  | { readonly kind: 'here'; readonly attachment: Attachment }
  /** Its socket is gone, and it may come back while its grace runs. */
  | { readonly kind: 'away'; readonly cancelGrace: () => void }
  /** The session is over, or goes on at another replica. */
  | { readonly kind: 'gone' }

export const gone: Place = { kind: 'gone' }

/** An agent's presence at this replica. It outlives a socket by a short grace. */
export interface Session {
  readonly agentId: string
  readonly tokenId: string
  readonly sessionId: string
  readonly name: string
  slots: number
  place: Place
  draining: boolean
  /** A result of it was refused, and until that is noted it is given nothing. */
  distrusted: boolean
  /** The ticket of a task that it computes with nothing beside it: until then it is given no other. */
  aloneWith: string | null
  /** It is given nothing until it has computed what it has, and then a task that is to have nothing beside it. */
  clearing: boolean
  /** Whether it has computed something, and its row says so. */
  hasComputed: 'no' | 'yes' | 'noted'
  /** By ticket, in the order of giving out: an agent computes them in this order. `AssignmentBook` alone changes it. */
  readonly assignments: Map<string, Assignment>
  /** Assignments that wait at the agent for a slot, first come first; some of them may be gone. `AssignmentBook` alone changes it. */
  readonly line: Line<Assignment>
  /** How many its agent computes. */
  running: number
  /** Rises with every change of its assignments: see `SchedulerState.revise`. */
  revision: number
  /** Whether those who watch have yet to be told of the last change. */
  isChanged: boolean
  readonly activity: Activity
  /** Writes of its presence, of which none overtakes another. */
  readonly writes: Serial
}

/** Whether it may be given tasks, if it has room for them. */
export const isOpen = ({ place, draining, distrusted }: Session): boolean =>
  place.kind === 'here' && !draining && !distrusted

/** The assignments that a session's agent is computing; the rest waits at the agent. */
export const computing = (session: Session): Assignment[] =>
  [...session.assignments.values()].filter(({ startedAt }) => startedAt !== null)

export const newSession = (
  agentId: string,
  { tokenId, sessionId, name, slots }: Pick<Session, 'tokenId' | 'sessionId' | 'name' | 'slots'>,
): Session => ({
  agentId,
  tokenId,
  sessionId,
  name,
  slots,
  place: gone,
  draining: false,
  distrusted: false,
  aloneWith: null,
  clearing: false,
  hasComputed: 'no',
  assignments: new Map(),
  line: new Line(),
  running: 0,
  revision: 0,
  isChanged: false,
  activity: new Activity(),
  writes: new Serial(),
})
