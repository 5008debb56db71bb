import { createServer, request as send, type IncomingMessage, type OutgoingHttpHeaders, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import type { WhenDone } from './cleanup.ts'

export interface ReverseProxyOptions {
  /** The port of what is behind it. */
  readonly port: number
  /** Taken off each address, as nginx does where `proxy_pass` ends in a slash. */
  readonly strip?: string
  /** Changes what is sent on; by default all headers go on as they came. */
  readonly rewrite?: (headers: OutgoingHttpHeaders) => OutgoingHttpHeaders
  readonly whenDone: WhenDone
}

/** A proxy that passes requests and sockets on, over connections that it keeps. Gives its origin. */
export async function startReverseProxy(options: ReverseProxyOptions): Promise<string> {
  const { port, strip = '', rewrite = (headers) => headers, whenDone } = options
  const pathOf = ({ url = '/' }: IncomingMessage) =>
    url.startsWith(strip) ? `/${url.slice(strip.length)}`.replace(/^\/\//, '/') : url
  const server: Server = createServer((request, response) => {
    const headers = rewrite({ ...request.headers })
    const onward = send({
      host: '127.0.0.1',
      port,
      path: pathOf(request),
      method: request.method,
      headers,
      setHost: false,
    })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  server.on('upgrade', (request, socket, head) => {
    const headers = rewrite({ ...request.headers })
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`)
    const onward = connect(port, '127.0.0.1')
    onward.write(`GET ${pathOf(request)} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    onward.write(head)
    onward.pipe(socket).pipe(onward)
    for (const end of [onward, socket])
      end.on('error', () => {
        onward.destroy()
        socket.destroy()
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  whenDone(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
