import { MessageType, type ExecutionResult } from 'graphql-ws'
import { isAsyncIterable } from 'graphql-yoga'
import { sharedTextOf } from '../graphql/shared-events.ts'
import type { SocketConnection } from './socket-connection.ts'

/**
 * Sends what subscribers share, of which the text is made once, and leaves all other results to graphql-ws, which makes the text of each
 * message anew.
 */
export function sendShared(
  results: AsyncIterable<ExecutionResult> | ExecutionResult,
  id: string,
  connection: SocketConnection,
): AsyncIterable<ExecutionResult> {
  const source = (isAsyncIterable(results) ? results : one(results))[Symbol.asyncIterator]()
  const head = `{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":`
  // No generator: one that waits for its source could not be ended before the source's next event.
  const others: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      for (;;) {
        const step = await source.next()
        const text = step.done === true ? null : sharedTextOf(step.value)
        if (text === null) return step
        await connection.send(`${head}${text}}`)
      }
    },
    return: async () => (await source.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => others,
  }
  return others
}

async function* one(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield await Promise.resolve(result)
}
