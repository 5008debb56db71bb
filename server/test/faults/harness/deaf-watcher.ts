import { connect } from 'node:net'
import { WebSocket } from 'ws'
import type { Entity } from './observer.ts'

const query = `subscription ($id: ID!) {
  entities: tasksChanged(expressionId: $id) { id index status version attempt result { fraction } }
}`

interface Message {
  readonly type: string
  readonly payload?: { readonly data?: { readonly entities: readonly Entity[] } }
}

/** Watches the tasks of an expression, and does not read a byte of what comes until it is told to. */
export class DeafWatcher {
  /** What it has read, by id. */
  readonly shown = new Map<string, Entity>()
  private readonly socket: WebSocket
  private wake = () => {}

  static async subscribe(port: number, token: string, id: string): Promise<DeafWatcher> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
      createConnection: () => connect(port, '127.0.0.1'),
    })
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    socket.send(JSON.stringify({ type: 'connection_init', payload: { token } }))
    await new Promise((resolve) => socket.once('message', resolve))
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { id } } }))
    socket.pause()
    return new DeafWatcher(socket)
  }

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) => this.take(JSON.parse(String(data)) as Message))
  }

  /** Reads from here on, until what it shows is as wanted. */
  async read(isWanted: () => boolean): Promise<void> {
    this.socket.resume()
    while (!isWanted()) await new Promise<void>((resolve) => (this.wake = resolve))
  }

  end(): void {
    this.socket.terminate()
  }

  private take({ payload }: Message): void {
    for (const entity of payload?.data?.entities ?? []) this.shown.set(entity.id, entity)
    this.wake()
  }
}
