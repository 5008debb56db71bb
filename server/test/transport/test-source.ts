import type { Connection, Context } from '../../src/schema/context.ts'

/** A source of events that knows who listens, how often it was asked and how each listener ended. */
export class TestSource {
  /** The contexts of subscriptions that are open. */
  readonly listeners = new Set<Context>()
  /** How the socket stood when each subscription ended. */
  readonly ends: Connection['state'][] = []
  /** How many events were taken. */
  pulled = 0
  /** What the next event is; by default there is none and the subscription waits. */
  next: () => Promise<unknown> = () => new Promise(() => {})

  open(context: Context): AsyncGenerator<unknown> {
    this.listeners.add(context)
    const over = { done: true as const, value: undefined }
    const isOver = () => !this.listeners.has(context)
    const end = () => {
      if (this.listeners.delete(context)) this.ends.push(context.connection?.state ?? 'closed')
      return Promise.resolve(over)
    }
    const generator = {
      next: async () => {
        const value = isOver() ? undefined : await this.next()
        if (isOver()) return over
        this.pulled += 1
        return { done: false as const, value }
      },
      return: end,
      throw: end,
      [Symbol.asyncIterator]: () => generator,
      [Symbol.toStringTag]: 'AsyncGenerator',
    }
    return generator as unknown as AsyncGenerator<unknown>
  }

  get size() {
    return this.listeners.size
  }

  /** The connection of the one subscription that is open. */
  get connection(): Connection {
    const [context] = this.listeners
    if (!context?.connection) throw new Error('no subscription is open')
    return context.connection
  }
}
