import type { OperationKind } from '../domain/operation.ts'

/** What a commit tells the rest of the process: that something changed, never what it is now. Whoever cares reads it again. */
export type Announcement =
  | { readonly kind: 'expression'; readonly id: string; readonly ownerId: string }
  | { readonly kind: 'expressionQueued'; readonly ownerId: string }
  /** A user ended it: whoever computes it may stop. */
  | { readonly kind: 'expressionCancelled'; readonly id: string }
  /** This replica has one less in memory. */
  | { readonly kind: 'expressionLeft'; readonly ownerId: string }
  | { readonly kind: 'tasks'; readonly expressionId: string; readonly tasks: readonly number[] }
  | { readonly kind: 'operations'; readonly kinds: readonly OperationKind[] }
  /** Its row changed. */
  | { readonly kind: 'agent'; readonly id: string }
  /** What it holds changed. */
  | { readonly kind: 'agentWork'; readonly id: string }
  | { readonly kind: 'stats' }
  /** An agent with room has come. */
  | { readonly kind: 'slotsOpened' }
  | { readonly kind: 'agentDrained'; readonly id: string }
  | { readonly kind: 'agentTokenRevoked'; readonly id: string }

export type AnnouncementKind = Announcement['kind']
export type AnnouncementOf<Kind extends AnnouncementKind> = Extract<Announcement, { kind: Kind }>

/** Carries announcements to those who listen, at once and in order. Only committed state is announced. */
export interface Announcer {
  announce(announcement: Announcement): void
  /** Returns the way to stop listening. A listener must not throw. */
  on<Kind extends AnnouncementKind>(kind: Kind, listener: (announcement: AnnouncementOf<Kind>) => void): () => void
}

export function createAnnouncer(): Announcer {
  const listeners = new Map<AnnouncementKind, Set<(announcement: never) => void>>()
  return {
    announce(announcement) {
      for (const listener of listeners.get(announcement.kind) ?? []) listener(announcement as never)
    },
    on(kind, listener) {
      const set = listeners.get(kind) ?? new Set()
      listeners.set(kind, set.add(listener))
      return () => void set.delete(listener)
    },
  }
}
