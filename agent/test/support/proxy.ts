import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A TCP proxy that can swallow bytes, as a network does that has lost its way while both ends believe in the connection. */
export class Proxy {
  readonly #sockets = new Set<Socket>()
  readonly #server: Server
  #swallowing = false
  connections = 0

  static async start(targetPort: number): Promise<Proxy> {
    const proxy = new Proxy(targetPort)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  private constructor(targetPort: number) {
    this.#server = createServer((agent) => {
      this.connections += 1
      const server = connect(targetPort, '127.0.0.1')
      this.#forward(agent, server)
      this.#forward(server, agent)
    })
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`
  }

  /** From now on nothing arrives, on connections that stand and on new ones. */
  swallow(swallowing: boolean): void {
    this.#swallowing = swallowing
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #forward(from: Socket, to: Socket): void {
    this.#sockets.add(from)
    from.on('data', (bytes) => {
      if (!this.#swallowing) to.write(bytes)
    })
    from.on('error', () => undefined)
    from.on('close', () => {
      this.#sockets.delete(from)
      if (!this.#swallowing) to.destroy()
    })
  }
}
