import type { OperationKind } from '../domain/operation.ts'
import type { ExpressionRow } from '../store/expressions/load-expressions.ts'

/** What a commit tells those who care: that something changed. What it is now they read, unless the one who wrote it tells them. */
export type Announcement =
  | {
      readonly kind: 'expression'
      readonly id: string
      readonly ownerId: string
      /** As it is now, where whoever announces it knows: then it need not be read again. */
      readonly row?: ExpressionRow | undefined
      /** Nothing but how many of its results are in the log. */
      readonly isProgress?: boolean
    }
  | { readonly kind: 'expressionQueued'; readonly ownerId: string }
  /** A user ended it: whoever computes it may stop. */
  | { readonly kind: 'expressionCancelled'; readonly id: string }
  /** It failed, and is back in the queue: `epoch` is the one that this began. */
  | { readonly kind: 'expressionRetried'; readonly id: string; readonly ownerId: string; readonly epoch: number }
  /** It is gone, with its log: whoever computes it may stop. */
  | { readonly kind: 'expressionDeleted'; readonly id: string; readonly ownerId: string }
  /** A replica has no longer got it in memory; agents of others may hold tasks of it where it was lent. */
  | { readonly kind: 'expressionLeft'; readonly id: string; readonly ownerId: string; readonly wasLent: boolean }
  /** Somebody else than its owner wrote results of these tasks to its log. */
  | { readonly kind: 'logWritten'; readonly expressionId: string; readonly tasks: readonly number[] }
  /** There are tasks for whoever has free slots. */
  | { readonly kind: 'tasksOffered' }
  /** Offered tasks are at agents of another replica. */
  | { readonly kind: 'offersTaken'; readonly expressionId: string; readonly taken: readonly TakenOffer[] }
  /** Tasks that agents of another replica had, on offer or brought along, came back without a result. */
  | { readonly kind: 'offersReturned'; readonly expressionId: string; readonly tasks: readonly number[] }
  /** A replica has taken these over, and asks who holds tasks of them. */
  | { readonly kind: 'holdersWanted'; readonly expressionIds: readonly string[] }
  /** An agent of this replica has brought these along from another. */
  | {
      readonly kind: 'heldElsewhere'
      readonly agent: MovedAgent
      readonly expressionId: string
      readonly held: readonly TakenTask[]
    }
  /** A replica has told all that its agents hold of what was asked for. */
  | { readonly kind: 'holdersTold'; readonly replicaId: string }
  | { readonly kind: 'tasks'; readonly expressionId: string; readonly tasks: readonly number[] }
  | { readonly kind: 'operations'; readonly kinds: readonly OperationKind[] }
  /** Its row changed. */
  | { readonly kind: 'agent'; readonly id: string }
  /** What it holds changed. */
  | { readonly kind: 'agentWork'; readonly id: string }
  | { readonly kind: 'stats' }
  /** There are free slots and nothing here waits for them. */
  | { readonly kind: 'slotsOpened' }
  /** More waits here than there are slots. */
  | { readonly kind: 'slotsFull' }
  | { readonly kind: 'agentDrained'; readonly id: string }
  | { readonly kind: 'agentTokenRevoked'; readonly id: string }
  /** Their users have signed out, or they were ended for them: access tokens of theirs no longer count. So few that a message holds them. */
  | { readonly kind: 'signInsEnded'; readonly ids: readonly string[] }
  /** Somebody here has begun to watch this, and nobody did before. */
  | { readonly kind: 'watched'; readonly what: Watchable; readonly id: string }
  /** Another replica knows that these are watched, and tells of their changes from now on. */
  | { readonly kind: 'heard'; readonly replicaId: string; readonly what: Watchable; readonly ids: readonly string[] }
  /** What other replicas announced in these last milliseconds may be lost. */
  | { readonly kind: 'missed'; readonly forMs: number }

/** What is watched here and may change elsewhere: expressions, one or those of a user; the tasks of an expression; all agents. */
export type Watchable = 'expressions' | 'tasks' | 'agents'

/** The id of what there is but one list of. */
export const everyone = 'everyone'

export interface TakenOffer {
  readonly task: number
  readonly agentId: string
}

/** An agent with its session, which another replica may have begun. */
export interface MovedAgent {
  readonly agentId: string
  readonly tokenId: string
  readonly sessionId: string
  readonly name: string
  readonly slots: number
}

export interface TakenTask {
  readonly task: number
  readonly attempt: number
  /** Of the owner that gave it out. */
  readonly epoch: number
}

export type AnnouncementKind = Announcement['kind']
export type AnnouncementOf<Kind extends AnnouncementKind> = Extract<Announcement, { kind: Kind }>

/** Carries announcements to those who listen, at once and in order. Only committed state is announced. */
export interface Announcer {
  announce(announcement: Announcement): void
  /** Passes on what another replica announced: it is told here, and not sent on. */
  relay(announcement: Announcement): void
  /** Returns the way to stop listening. A listener must not throw. */
  on<Kind extends AnnouncementKind>(kind: Kind, listener: (announcement: AnnouncementOf<Kind>) => void): () => void
  /** Listens to all that is announced at this replica, to send it to the others. */
  onOwn(listener: (announcement: Announcement) => void): () => void
}

export function createAnnouncer(): Announcer {
  const listeners = new Map<AnnouncementKind, Set<(announcement: never) => void>>()
  const ownListeners = new Set<(announcement: Announcement) => void>()
  const relay = (announcement: Announcement) => {
    for (const listener of listeners.get(announcement.kind) ?? []) listener(announcement as never)
  }
  return {
    announce(announcement) {
      relay(announcement)
      for (const listener of ownListeners) listener(announcement)
    },
    relay,
    on(kind, listener) {
      const set = listeners.get(kind) ?? new Set()
      listeners.set(kind, set.add(listener))
      return () => void set.delete(listener)
    },
    onOwn(listener) {
      ownListeners.add(listener)
      return () => void ownListeners.delete(listener)
    },
  }
}
