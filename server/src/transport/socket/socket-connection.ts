import type { Socket } from 'node:net'
import process from 'node:process'
import type { WebSocket } from 'ws'
import { anonymous, type Actor } from '../../domain/actor.ts'
import type { Clock } from '../../clock.ts'
import type { Connection } from '../../schema/context.ts'
import type { LastingConnection } from './connections.ts'
import { expiryCode, whenExpired } from '../client/expiry.ts'

interface Unsent {
  /** Milliseconds since the Unix epoch. */
  readonly since: number
  onTaken: (() => void) | undefined
}

export interface SocketConnectionOptions {
  readonly socket: WebSocket
  readonly address: string
  /** What the socket's frames travel on. */
  readonly stream: Pick<Socket, 'bytesRead' | 'cork' | 'uncork' | 'writableNeedDrain'>
  readonly clock: Clock
  /** Of the request that opened it. */
  readonly traceparent?: string | string[] | undefined
}

/** One socket: on whose behalf it runs, how it stands, and how it ends, which is once. */
export class SocketConnection implements Connection, LastingConnection {
  readonly address: string
  readonly traceparent: string | string[] | undefined
  /** Whether it could have signed in, and did not. */
  isAdmittedAnonymous = false
  /** Since when no operation is under way; null while one is. */
  idleSince: number | null
  readonly #socket: WebSocket
  readonly #stream: SocketConnectionOptions['stream']
  readonly #clock: Clock
  #state: Connection['state'] = 'open'
  #actor: Actor = anonymous
  #token: string | null = null
  #cancelExpiry = () => {}
  #onEnd: (code: number, reason: string) => void = () => {}
  /** What `bytesRead` was at the last ping; null before the first. */
  #readAtPing: number | null = null
  #isHolding = false
  /** When each message went out that the kernel has not taken yet, oldest first. */
  readonly #unsent = new Set<Unsent>()

  constructor({ socket, address, stream, clock, traceparent }: SocketConnectionOptions) {
    this.address = address
    this.traceparent = traceparent
    this.#socket = socket
    this.#stream = stream
    this.#clock = clock
    this.idleSince = clock.now()
  }

  get state() {
    return this.#state
  }

  get actor() {
    return this.#actor
  }

  /** The token that it signed in with. */
  get token() {
    return this.#token
  }

  /** Called once, when the state is no longer `open`: before the closing handshake, which the client may drag out. */
  set onEnd(listener: (code: number, reason: string) => void) {
    this.#onEnd = listener
  }

  signIn(token: string, actor: Actor, expiresAt: Date | null) {
    if (this.#state !== 'open') return
    this.#token = token
    this.#actor = actor
    this.#cancelExpiry()
    if (expiresAt === null) return
    this.#cancelExpiry = whenExpired(this.#clock, expiresAt, () => this.close(expiryCode(actor), 'Token expired'))
  }

  /**
   * Where much waits to be sent, what it returns resolves when the kernel has taken the message: so who sends many waits for a client that
   * reads slowly. Else there is nothing to wait for, and what is sent next goes with it.
   */
  send(message: string): Promise<void> | undefined {
    if (this.#state !== 'open') return undefined
    const entry: Unsent = { since: this.#clock.now(), onTaken: undefined }
    this.#unsent.add(entry)
    this.#holdFrames()
    this.#socket.send(message, (error) => {
      this.#unsent.delete(entry)
      if (error) this.terminate('closed', 'the socket broke')
      entry.onTaken?.()
    })
    if (!this.#stream.writableNeedDrain) return undefined
    return new Promise((resolve) => (entry.onTaken = resolve))
  }

  /** What one turn of the event loop sends is written with one call of the system: answers often come many at once. */
  #holdFrames() {
    if (this.#isHolding) return
    this.#isHolding = true
    this.#stream.cork()
    process.nextTick(() => {
      this.#isHolding = false
      this.#stream.uncork()
    })
  }

  close(code: number, reason: string) {
    this.#socket.close(code, reason)
    this.ended(code, reason)
  }

  /** Ends it without a handshake, for a client that would not answer one. */
  terminate(state: 'closed' | 'silent', reason: string) {
    this.#end(state, 1006, reason)
    this.#socket.terminate()
  }

  /** The socket has closed, or has begun to. */
  ended(code: number, reason: string) {
    this.#end('closed', code, reason)
  }

  /** Pings; tells whether anything came since the last ping. Any byte counts, as a large message can take longer than a ping's interval. */
  ping(): 'answered' | 'unanswered' {
    // Bytes of whatever kind.
    const read = this.#stream.bytesRead
    const answered = this.#readAtPing === null || read > this.#readAtPing
    this.#readAtPing = read
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping()
    return answered ? 'answered' : 'unanswered'
  }

  /** Since when the oldest message waits for the client to read; null where none does. */
  get stalledSince(): number | null {
    const [oldest] = this.#unsent
    return oldest?.since ?? null
  }

  get bufferedBytes() {
    return this.#socket.bufferedAmount
  }

  #end(state: 'closed' | 'silent', code: number, reason: string) {
    if (this.#state !== 'open') return
    this.#state = state
    this.#cancelExpiry()
    this.#onEnd(code, reason)
  }
}
