/// <reference types="node" />
import { createServer, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A proxy as its makers set it up by default: it asks the server by the server's own name, not by the one that it was asked by. */
export async function startCarelessProxy(server: string): Promise<{ address: string; stop: () => void }> {
  const sockets = new Set<Socket>()
  const proxy = createServer((incoming, response) => {
    const { method, url, headers } = incoming
    const onward = request(server + url, { method, headers: { ...headers, host: new URL(server).host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    incoming.pipe(onward)
  })
  proxy.on('connection', (socket) => sockets.add(socket))
  proxy.on('upgrade', ({ url, headers }, socket) => {
    const onward = request(server + url, { headers: { ...headers, host: new URL(server).host } })
    onward.on('response', ({ statusCode }) => socket.end(`HTTP/1.1 ${statusCode} Refused\r\nConnection: close\r\n\r\n`))
    onward.on('error', () => socket.destroy())
    onward.on('upgrade', (_answer, end) => {
      end.destroy()
      socket.destroy()
    })
    onward.end()
  })
  await new Promise<void>((resolve) => proxy.listen(0, 'localhost', resolve))
  return {
    address: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    stop() {
      proxy.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
