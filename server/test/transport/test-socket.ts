import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { WebSocket, type ClientOptions } from 'ws'
import type { Answer, TestTransport } from './test-transport.ts'

interface Message {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}

/** A socket that speaks the protocol by hand, so that a test can also break it. */
export class TestSocket {
  readonly socket: WebSocket
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  readonly #messages: Message[] = []
  #wake: () => void = () => {}

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('error', () => {})
    socket.on('message', (data) => {
      this.#messages.push(JSON.parse(String(data)) as Message)
      this.#wake()
    })
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        resolve({ code, reason: String(reason) })
        this.#wake()
      })
    })
  }

  /** Opens a socket, without `connection_init`. */
  static async open({ socketUrl }: Pick<TestTransport, 'socketUrl'>, options: ClientOptions = {}): Promise<TestSocket> {
    const socket = new WebSocket(socketUrl, 'graphql-transport-ws', options)
    onTestFinished(() => socket.terminate())
    const opened = new TestSocket(socket)
    await once(socket, 'open')
    return opened
  }

  /** Opens a socket and signs in; fails where the server does not acknowledge. */
  static async connect(transport: Pick<TestTransport, 'socketUrl'>, params?: object, options?: ClientOptions) {
    const socket = await TestSocket.open(transport, options)
    socket.send({ type: 'connection_init', payload: params })
    const message = await socket.receive()
    if (message?.type !== 'connection_ack') throw new Error(`not acknowledged: ${JSON.stringify(message)}`)
    return socket
  }

  send(message: object) {
    this.socket.send(JSON.stringify(message))
  }

  subscribe(id: string, query: string, extensions?: object) {
    this.send({ id, type: 'subscribe', payload: { query, extensions } })
  }

  /** The next message; undefined once the socket is closed. */
  async receive(): Promise<Message | undefined> {
    while (this.#messages.length === 0 && this.socket.readyState !== WebSocket.CLOSED)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    return this.#messages.shift()
  }

  /** The next message of one operation. What subscriptions tell beside it is passed over. */
  async #receiveOf(id: string): Promise<Message | undefined> {
    for (;;) {
      const message = await this.receive()
      if (message?.type !== 'next' || message.id === id) return message
    }
  }

  /** Runs one operation to its first answer. */
  async query(query: string, extensions?: object): Promise<Answer> {
    const id = `query-${++this.#queries}`
    this.subscribe(id, query, extensions)
    const message = await this.#receiveOf(id)
    if (message?.id !== id) throw new Error(`unexpected: ${JSON.stringify(message)}`)
    if (message.type === 'error') return { errors: message.payload as NonNullable<Answer['errors']> }
    const complete = await this.#receiveOf(id)
    if (complete?.type !== 'complete') throw new Error(`unexpected: ${JSON.stringify(complete)}`)
    return message.payload as Answer
  }
  #queries = 0
}
