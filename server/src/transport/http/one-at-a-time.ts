import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** With so many that wait nothing more is read from their connection. */
const maxWaiting = 64

type Exchange = readonly [request: IncomingMessage, response: ServerResponse]

/**
 * Begins a request when the one before it on the same connection is answered. A client may send requests without waiting for answers, and
 * they have to be answered in their order: a thousand of them in one packet would else all be begun in the same turn of the event loop.
 */
export function oneAtATime(listener: RequestListener): RequestListener {
  const lines = new WeakMap<Socket, Exchange[]>()

  function begin([request, response]: Exchange, line: Exchange[]): void {
    response.once('close', () => {
      // Answers that are there at once would follow each other without a look at anything else.
      if (line.length > 0) setImmediate(beginNext, request.socket, line)
      else lines.delete(request.socket)
    })
    listener(request, response)
  }

  function beginNext(socket: Socket, line: Exchange[]): void {
    const next = line.shift()
    if (line.length === 0 && !socket.destroyed) socket.resume()
    if (next && !socket.destroyed) begin(next, line)
    else lines.delete(socket)
  }

  return (request, response) => {
    const line = lines.get(request.socket)
    if (line === undefined) {
      const none: Exchange[] = []
      lines.set(request.socket, none)
      begin([request, response], none)
    } else {
      line.push([request, response])
      if (line.length === maxWaiting) request.socket.pause()
    }
  }
}
