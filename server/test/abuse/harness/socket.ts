import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { RealServer } from './server.ts'

export interface SocketMessage {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}

interface SocketOptions {
  readonly address: string
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** A socket that speaks the protocol of graphql-ws by hand, so that it may also speak it wrongly. */
export class RawSocket {
  /** How it was closed; null while it is open. */
  closed: { readonly code: number; readonly reason: string } | null = null
  readonly #socket: WebSocket
  readonly #ended: Promise<void>
  readonly #listeners = new Set<(message: SocketMessage) => void>()
  #next = 1

  /** Connected, and greeted where a token or an empty one was given. Null where the server would not have it. */
  static async open(server: Pick<RealServer, 'socketUrl'>, options: SocketOptions): Promise<RawSocket | null> {
    const socket = new RawSocket(server.socketUrl, options)
    try {
      await once(socket.#socket, 'open')
    } catch {
      return null
    }
    const greeted = socket.until(({ type }) => type === 'connection_ack')
    const { token = null } = options
    socket.say({ type: 'connection_init', payload: token === null ? {} : { token } })
    return (await greeted) === null ? null : socket
  }

  private constructor(url: string, { address, headers = {} }: SocketOptions) {
    this.#socket = new WebSocket(url, 'graphql-transport-ws', { headers: { 'x-forwarded-for': address, ...headers } })
    this.#socket.on('error', () => {})
    this.#ended = new Promise((resolve) =>
      this.#socket.on('close', (code, reason) => {
        this.closed = { code, reason: String(reason) }
        resolve()
      }),
    )
    this.#socket.on('message', (data: Buffer) => {
      const message = JSON.parse(String(data)) as SocketMessage
      for (const listener of this.#listeners) listener(message)
    })
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN
  }

  say(message: unknown): void {
    this.send(JSON.stringify(message))
  }

  send(text: string | Buffer): void {
    if (this.isOpen) this.#socket.send(text)
  }

  /** Stops reading, so that what the server sends piles up. */
  stopReading(): void {
    this.#socket.pause()
  }

  /** Subscribes; `onMessage` hears all that comes for it. Returns the id. */
  subscribe(payload: unknown, onMessage: (message: SocketMessage) => void = () => {}): string {
    const id = String(this.#next++)
    this.#listeners.add((message) => message.id === id && onMessage(message))
    this.say({ type: 'subscribe', id, payload })
    return id
  }

  /** The first answer to an operation; null where the socket was closed first. */
  answer(payload: unknown): Promise<SocketMessage | null> {
    const id = String(this.#next++)
    const first = this.until((message) => message.id === id)
    this.say({ type: 'subscribe', id, payload })
    return first
  }

  /** The first message that fits; null where the socket was closed first. */
  async until(fits: (message: SocketMessage) => boolean): Promise<SocketMessage | null> {
    let listener: (message: SocketMessage) => void = () => {}
    const found = new Promise<SocketMessage>((resolve) => {
      listener = (message) => fits(message) && resolve(message)
      this.#listeners.add(listener)
    })
    const first = await Promise.race([found, this.#ended.then(() => null)])
    this.#listeners.delete(listener)
    return first
  }

  /** Resolves with the code with which it was closed. */
  async end(): Promise<number> {
    await this.#ended
    return this.closed?.code ?? 0
  }

  cut(): void {
    this.#socket.terminate()
  }
}
