import type { ServerResponse } from 'node:http'
import type { Answer } from '../../rest/answer.ts'
import { problemOf } from '../../rest/problem.ts'
import { writeEvents } from './write-events.ts'

/** Writes an answer of REST. Each ends its line, so that what a terminal shows next stands on its own. */
export async function writeAnswer(response: ServerResponse, answer: Answer, isHead: boolean): Promise<void> {
  switch (answer.kind) {
    case 'json':
      return write(response, answer.status, 'application/json', `${JSON.stringify(answer.body)}\n`, answer.headers)
    case 'text':
      return write(response, answer.status, 'text/plain; charset=utf-8', answer.text, answer.headers)
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
      return writeEvents(response, answer, isHead)
    default:
      return answer satisfies never
  }
}

function write(response: ServerResponse, status: number, type: string, text: string, headers = {}): void {
  response.writeHead(status, {
    ...headers,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  })
  // Node leaves the body out where the request was HEAD.
  response.end(text)
}
