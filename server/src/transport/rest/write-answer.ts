import type { ServerResponse } from 'node:http'
import { inText, type Answer, type Headers } from '../../rest/answer.ts'
import { problemOf } from '../../rest/problem.ts'
import { minBytes, packed } from '../http/gzip.ts'
import { writeEvents } from './write-events.ts'

/** What of a request has to do with how it is answered. */
interface Reader {
  readonly isHead: boolean
  readonly takesGzip: boolean
}

/** Writes an answer of REST. */
export async function writeAnswer(response: ServerResponse, answer: Answer, reader: Reader): Promise<void> {
  switch (answer.kind) {
    case 'json':
      return writeAnswer(response, inText(answer), reader)
    case 'text': {
      const { status, text, type = 'text/plain; charset=utf-8', headers = {} } = answer
      if (!reader.takesGzip || text.length < minBytes) return write(response, status, type, text, headers)
      return write(response, status, type, await packed(text), { ...headers, 'Content-Encoding': 'gzip' })
    }
    case 'empty':
      response.writeHead(answer.status, { ...answer.headers, 'Cache-Control': 'no-store' }).end()
      return
    case 'problem': {
      const problem = problemOf(answer.failure, answer.source)
      // In lines of their own the excerpt and its carets stand one below the other.
      const text = `${JSON.stringify(problem, null, 2)}\n`
      return write(response, problem.status, 'application/problem+json', text, {
        ...answer.headers,
        ...(problem.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
        ...('retryAfterSeconds' in problem && { 'Retry-After': String(problem.retryAfterSeconds) }),
      })
    }
    case 'events':
      return writeEvents(response, answer, reader.isHead)
    default:
      return answer satisfies never
  }
}

function write(response: ServerResponse, status: number, type: string, body: string | Buffer, headers: Headers = {}) {
  response.writeHead(status, {
    ...headers,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  })
  // Node leaves the body out where the request was HEAD.
  response.end(body)
}
