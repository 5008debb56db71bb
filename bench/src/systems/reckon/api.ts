import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

/** An ordinary client of Reckon's API on one WebSocket. */
export class Api {
  private readonly client

  constructor(url: string, token?: string) {
    this.client = createClient({
      url,
      webSocketImpl: WebSocket,
      lazy: false,
      retryAttempts: 0,
      ...(token !== undefined && { connectionParams: { token } }),
    })
  }

  /** The first answer to a query or a mutation. */
  run<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    return new Promise((resolve, reject) => {
      this.client.subscribe<Data>(
        { query, variables },
        {
          next: ({ data, errors }) => (data == null ? reject(problemOf(errors)) : resolve(data)),
          error: (error) => reject(problemOf(error)),
          complete: () => {},
        },
      )
    })
  }

  /** @returns how to end it */
  watch<Data>(query: string, sink: { next(data: Data): void; lost(error: Error): void }): () => void {
    return this.client.subscribe<Data>(
      { query },
      {
        next: ({ data, errors }) => (data == null ? sink.lost(problemOf(errors)) : sink.next(data)),
        error: (error) => sink.lost(problemOf(error)),
        complete: () => {},
      },
    )
  }

  /** Closes the socket. */
  async close(): Promise<void> {
    await this.client.dispose()
  }
}

/** A union's failure carries a message. @returns the success */
export function accepted<Outcome extends object>(outcome: Outcome): Outcome {
  if ('message' in outcome) throw new Error(`Reckon refused: ${String(outcome.message)}`)
  return outcome
}

/** graphql-ws hands out errors of GraphQL, of the network, or the event of a socket that closed. */
function problemOf(error: unknown): Error {
  if (error instanceof Error) return error
  if (typeof error === 'object' && error !== null && 'code' in error)
    return new Error(`the socket was closed with ${String(error.code)}`)
  return new Error(JSON.stringify(error))
}
