import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Inbox } from '../support/inbox.ts'
import { whenTestIsDone } from '../support/cleanup.ts'

/** A span as a collector is sent it. */
export interface CollectedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly status?: { readonly code: number; readonly message: string }
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, string> }[]
}

export interface CollectedBody {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: CollectedSpan['attributes'] }
    readonly scopeSpans: readonly { readonly spans: readonly CollectedSpan[] }[]
  }[]
}

/** A collector of OTLP/HTTP that keeps what it is sent. */
export async function startCollector(answer: (response: ServerResponse) => unknown = (response) => response.end('{}')) {
  const inbox = new Inbox<CollectedSpan>('spans')
  const requests = new Inbox<{ url: string; headers: IncomingHttpHeaders; body: CollectedBody }>('requests of traces')
  const seen: CollectedSpan[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as CollectedBody
      requests.put({ url: request.url ?? '', headers: request.headers, body })
      for (const span of body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))) {
        seen.push(span)
        inbox.put(span)
      }
      answer(response)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  whenTestIsDone(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, requests, seen, until: (fits: (span: CollectedSpan) => boolean) => inbox.until(fits) }
}

export const attribute = ({ attributes }: Pick<CollectedSpan, 'attributes'>, name: string): string | undefined =>
  Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0]
