import { isStranger, type Actor } from '../../domain/actor.ts'
import { clientNetwork } from '../../use-cases/accounts/client-network.ts'
import type { TransportLimits } from '../limits.ts'

/** Something that a client keeps open: a socket, or an answer over HTTP that goes on. */
export interface LastingConnection {
  readonly address: string
  readonly actor: Actor
  /** Whether it could have signed in, and did not. */
  isAdmittedAnonymous: boolean
  /** Since when no operation is under way; null while one is. */
  readonly idleSince: number | null
  /** Since when the oldest message waits for the client to read; null where none does. */
  readonly stalledSince: number | null
  readonly bufferedBytes: number
  /** Tells whether anything came since the last ping. */
  ping(): 'answered' | 'unanswered'
  close(code: number, reason: string): void
  /** Ends it at once, for a client that would not read a goodbye. */
  terminate(state: 'closed' | 'silent', reason: string): void
}

/** Of all connections those that nobody has signed in on. */
const shareOfStrangers = 0.8

/**
 * All that clients keep open in this process, counted by the network that they come from. A socket stands here until it is gone, also while it
 * closes.
 */
export class Connections implements Iterable<LastingConnection> {
  readonly #all = new Set<LastingConnection>()
  readonly #byNetwork = new Map<string, number>()
  readonly #limits: TransportLimits

  constructor(limits: TransportLimits) {
    this.#limits = limits
  }

  get size() {
    return this.#all.size
  }

  /** Whether one more socket of this address is within the limits. */
  admits(address: string): boolean {
    return this.#all.size < this.#limits.sockets && this.#countOf(address) < this.#limits.socketsPerAddress
  }

  /** Whether this socket may stay though it did not sign in when it could. */
  admitsAnonymous(connection: LastingConnection): boolean {
    connection.isAdmittedAnonymous = true
    const network = clientNetwork(connection.address)
    let [ofNetwork, ofAll] = [0, 0]
    for (const other of this.#all) {
      if (!other.isAdmittedAnonymous || !isStranger(other.actor)) continue
      ofAll++
      if (clientNetwork(other.address) === network) ofNetwork++
    }
    // However many networks somebody has: there is room for those who sign in.
    return (
      ofNetwork <= this.#limits.anonymousSocketsPerAddress &&
      ofAll <= Math.ceil(this.#limits.sockets * shareOfStrangers)
    )
  }

  add(connection: LastingConnection) {
    this.#all.add(connection)
    this.#byNetwork.set(clientNetwork(connection.address), this.#countOf(connection.address) + 1)
  }

  remove(connection: LastingConnection) {
    if (!this.#all.delete(connection)) return
    const left = this.#countOf(connection.address) - 1
    const network = clientNetwork(connection.address)
    if (left === 0) this.#byNetwork.delete(network)
    else this.#byNetwork.set(network, left)
  }

  closeAll(code: number, reason: string) {
    for (const connection of this.#all) connection.close(code, reason)
  }

  terminateAll() {
    for (const connection of this.#all) connection.terminate('closed', 'the server stops')
  }

  closeAgents(tokenId: string, code: number, reason: string) {
    for (const connection of this.#all)
      if (connection.actor.kind === 'agent' && connection.actor.tokenId === tokenId) connection.close(code, reason)
  }

  closePersonal(tokenIds: readonly string[], code: number, reason: string) {
    const revoked = new Set<string | undefined>(tokenIds)
    for (const connection of this.#all)
      if (connection.actor.kind === 'user' && revoked.has(connection.actor.token?.id)) connection.close(code, reason)
  }

  closeGuests(linkIds: readonly string[], code: number, reason: string) {
    const revoked = new Set(linkIds)
    for (const connection of this.#all)
      if (connection.actor.kind === 'guest' && revoked.has(connection.actor.linkId)) connection.close(code, reason)
  }

  closeGuestsOf(expressionId: string, code: number, reason: string) {
    for (const connection of this.#all)
      if (connection.actor.kind === 'guest' && connection.actor.expressionId === expressionId)
        connection.close(code, reason)
  }

  closeSignIns(ids: readonly string[], code: number, reason: string) {
    const ended = new Set<string | undefined>(ids)
    for (const connection of this.#all)
      if (connection.actor.kind === 'user' && ended.has(connection.actor.signInId)) connection.close(code, reason)
  }

  /** By who is signed in on them. */
  countByKind(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const { actor } of this.#all) counts.set(actor.kind, (counts.get(actor.kind) ?? 0) + 1)
    return counts
  }

  /** Sockets that agents of a token have. */
  countAgents(tokenId: string): number {
    let count = 0
    for (const { actor } of this.#all) if (actor.kind === 'agent' && actor.tokenId === tokenId) count++
    return count
  }

  [Symbol.iterator]() {
    return this.#all.values()
  }

  #countOf(address: string) {
    return this.#byNetwork.get(clientNetwork(address)) ?? 0
  }
}
