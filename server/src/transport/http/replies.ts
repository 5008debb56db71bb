import type { ServerResponse } from 'node:http'

/** Answers with a text of one line. */
export function replyText(response: ServerResponse, status: number, text: string) {
  reply(response, status, 'text/plain; charset=utf-8', `${text}\n`)
}

export function replyJson(response: ServerResponse, status: number, value: unknown) {
  reply(response, status, 'application/json; charset=utf-8', JSON.stringify(value))
}

export function replyMethodNotAllowed(response: ServerResponse) {
  response.setHeader('Allow', 'GET, HEAD')
  replyText(response, 405, 'Use GET or HEAD.')
}

export function reply(response: ServerResponse, status: number, type: string, body: string) {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  })
  // Node leaves the body out where the request was HEAD.
  response.end(body)
}
