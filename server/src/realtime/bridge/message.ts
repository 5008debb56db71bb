import type { TaskStatus } from '../../domain/tasks/task-view.ts'
import type { Announcement } from '../announcer.ts'
import type { AssignmentView } from '../live-state.ts'
import type { TaskCounts } from '../../store/agents/add-counts.ts'
import type { Watchable } from '../local-signal.ts'

/** The channel that all replicas listen on. */
export const channel = 'reckon'

/** PostgreSQL takes payloads below 8000 bytes. */
const maxPayload = 7_900

/** The state of a task that its owner alone knows; what is in the log is read there. */
export interface TaskState {
  readonly index: number
  readonly status: TaskStatus
  /** Not told by earlier versions. */
  readonly isRunning?: boolean
  readonly version: number
  readonly attempt: number
  readonly agentId: string | null
  readonly readyAt: number | null
  readonly startedAt: number | null
}

/** The tasks that an agent at another replica computes, in which session there. */
export interface AgentWork {
  readonly replicaId: string
  readonly sessionId: string
  readonly revision: number
  readonly busySlots: number
  /** Not told by earlier versions. */
  readonly utilisation?: number | null
  readonly tasksPerSecond?: number
  readonly counts?: TaskCounts | undefined
  /** The first of them, as many as fit. */
  readonly assignments: readonly AssignmentView[]
}

/** What one replica says to the others. */
export type BridgeMessage =
  /** A replica has come, and whoever thought to be alone is not; or it could not tell anything for so long. */
  | { readonly kind: 'hello'; readonly silentMs: number }
  | { readonly kind: 'announcement'; readonly announcement: Announcement }
  /** Expressions of a user have changed. */
  | { readonly kind: 'expressions'; readonly ownerId: string; readonly ids: readonly string[] }
  /** Somebody at the sender watches these: since now, or as before. Told anew now and then, and good for a while. */
  | {
      readonly kind: 'watches'
      readonly what: Watchable
      readonly ids: readonly string[]
      readonly isNew: boolean
    }
  /** The sender knows that these are watched at that replica, and tells of their changes from now on. */
  | {
      readonly kind: 'watchAcknowledged'
      readonly to: string
      readonly what: Watchable
      readonly ids: readonly string[]
    }
  | { readonly kind: 'taskStates'; readonly expressionId: string; readonly states: readonly TaskState[] }
  | { readonly kind: 'agentWork'; readonly agentId: string; readonly work: AgentWork }

interface Envelope {
  readonly from: string
  readonly messages: readonly BridgeMessage[]
}

const headOf = (from: string): string => `{"from":${JSON.stringify(from)},"messages":[`

/** Packs messages into as few payloads as they fit in. A message is small enough for one by itself. */
export function encodeMessages(from: string, messages: readonly BridgeMessage[]): string[] {
  const payloads: string[] = []
  const frame = Buffer.byteLength(`${headOf(from)}]}`)
  let pending: string[] = []
  let size = frame
  const flush = () => {
    if (pending.length > 0) payloads.push(`${headOf(from)}${pending.join(',')}]}`)
    pending = []
    size = frame
  }
  for (const message of messages) {
    const text = JSON.stringify(message)
    const bytes = Buffer.byteLength(text) + 1
    if (size + bytes > maxPayload) flush()
    pending.push(text)
    size += bytes
  }
  flush()
  return payloads
}

/** The messages of a payload; null for one of this replica's own, which comes back to it. */
export function decodeMessages(payload: string, self: string): Envelope | null {
  // PostgreSQL gives a sender its own back, which is most of what there is to read where one replica is busy.
  return payload.startsWith(headOf(self)) ? null : (JSON.parse(payload) as Envelope)
}
