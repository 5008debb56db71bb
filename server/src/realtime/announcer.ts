import type { Change } from './change.ts'
import type { ClusterMessage } from './cluster-message.ts'
import type { LocalSignal } from './local-signal.ts'

/** What may come from another replica. */
export type Announcement = Change | ClusterMessage

type Message = Announcement | LocalSignal
type MessageOf<Kind extends Message['kind']> = Extract<Message, { kind: Kind }>

/** Where announcements leave the process. Local signals have no way out. */
export interface Uplink {
  announce(change: Change): void
  broadcast(message: ClusterMessage): void
}

/** Carries messages to those who listen, at once and in order. Only committed state is announced or broadcast. See docs/decisions/0023. */
export interface Announcer extends Uplink {
  /** Tells who watches that something changed: here, and where it is watched elsewhere. */
  announce(change: Change): void
  /** Tells all replicas, and this one first. */
  broadcast(message: ClusterMessage): void
  /** Tells this process alone. */
  signal(signal: LocalSignal): void
  /** Tells this process alone what another replica announced, or what the others need not hear of. */
  relay(announcement: Announcement): void
  /** Returns the way to stop listening. A listener must not throw. */
  on<Kind extends Message['kind']>(kind: Kind, listener: (message: MessageOf<Kind>) => void): () => void
  /** Sends what is announced and broadcast here out of the process too. Returns the way to end that. */
  connect(uplink: Uplink): () => void
}

export function createAnnouncer(): Announcer {
  const listeners = new Map<Message['kind'], Set<(message: never) => void>>()
  const uplinks = new Set<Uplink>()
  const deliver = (message: Message) => {
    for (const listener of listeners.get(message.kind) ?? []) listener(message as never)
  }
  return {
    announce(change) {
      deliver(change)
      for (const uplink of uplinks) uplink.announce(change)
    },
    broadcast(message) {
      deliver(message)
      for (const uplink of uplinks) uplink.broadcast(message)
    },
    signal: deliver,
    relay: deliver,
    on(kind, listener) {
      const set = listeners.get(kind) ?? new Set()
      listeners.set(kind, set.add(listener))
      return () => void set.delete(listener)
    },
    connect(uplink) {
      uplinks.add(uplink)
      return () => void uplinks.delete(uplink)
    },
  }
}
