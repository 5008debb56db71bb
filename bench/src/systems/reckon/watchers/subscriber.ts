import { WebSocket } from 'ws'
import { wallClock } from '../../../load/wall-clock.ts'
import { readMessage } from './message.ts'
import { tasksDocument } from './document.ts'

interface SubscriberOptions {
  readonly url: string
  readonly token: string
  /** From which it seems to come. */
  readonly address: string
  readonly expressionId: string
  readonly onLost: (error: Error) => void
}

/** One socket with one subscription, which notes when it was shown the end of each task. As little else as can be: there are many on one machine. */
export class Subscriber {
  /** By the index of a task, milliseconds since the Unix epoch. */
  readonly seenAt = new Map<number, number>()
  payloads = 0
  /** Resolves with the snapshot. */
  readonly opened: Promise<void>
  private readonly socket: WebSocket

  constructor({ url, token, address, expressionId, onLost }: SubscriberOptions) {
    this.socket = new WebSocket(url, 'graphql-transport-ws', { headers: { 'x-forwarded-for': address } })
    const send = (message: object) => this.socket.send(JSON.stringify(message))
    this.opened = new Promise((resolve) => {
      this.socket.on('open', () => send({ type: 'connection_init', payload: { token } }))
      this.socket.on('message', (data: Buffer) => {
        const now = wallClock()
        const message = readMessage(data)
        switch (message.kind) {
          case 'welcome':
            send({ id: '1', type: 'subscribe', payload: { query: tasksDocument, variables: { expressionId } } })
            break
          case 'tasks':
            this.payloads++
            for (const index of message.succeeded) if (!this.seenAt.has(index)) this.seenAt.set(index, now)
            resolve()
            break
          case 'other':
            onLost(new Error(`a subscriber was told ${String(data)}`))
            break
          default:
            message satisfies never
        }
      })
    })
    this.socket.on('error', onLost)
    this.socket.on('close', (code) => onLost(new Error(`the socket of a subscriber was closed with ${code}`)))
  }
}
