import type { ServerResponse } from 'node:http'
import { unauthenticated } from '../../domain/failure.ts'
import type { Answer, ServerEvent } from '../../rest/answer.ts'
import { problemOf } from '../../rest/problem.ts'
import { HeldResponse } from '../http/held-response.ts'

/** How long a client waits before it opens a stream again that was cut off, in milliseconds. */
const retryMs = 1_000

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // nginx would keep events until it has some kilobytes.
  'X-Accel-Buffering': 'no',
}

/** Writes events as they come and the client takes them. */
export async function writeEvents(
  response: ServerResponse,
  { held, events }: Extract<Answer, { kind: 'events' }>,
  isHead: boolean,
): Promise<void> {
  response.writeHead(200, headers)
  if (isHead) {
    await events.return?.()
    held.release()
    response.end()
    return
  }
  const end = held.ended.then((why) => {
    void events.return?.()
    return why
  })
  response.write(`retry: ${retryMs}\n\n`)
  if (held instanceof HeldResponse) held.startStream()
  for await (const event of events) {
    if (!response.write(textOf(event))) await drained(response)
  }
  held.release()
  const hasTokenEnded = (await end) === 'tokenEnded'
  if (hasTokenEnded) response.write(textOf({ event: 'error', data: JSON.stringify(problemOf(unauthenticated)) }))
  response.end()
}

/** Resolves when the client has taken what was written, or is gone. */
const drained = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
    if (response.closed) done()
  })

/** The data of an event has no line break: it is JSON. */
const textOf = ({ event, id, data }: ServerEvent): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`
