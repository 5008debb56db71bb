import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** Which bytes are lost on the way, of connections that stand and of new ones. */
export type Loss = 'none' | 'to-server' | 'to-client' | 'both'

/**
 * A TCP proxy: the network between a client and servers, which the test can break. With several targets it balances: each connection goes
 * to the next of them that takes it.
 */
export class Proxy {
  loss: Loss = 'none'
  /** Refuses whoever comes. */
  isDown = false
  /** How many came while it was down. */
  refusals = 0
  /** When connections came that somebody took; milliseconds since the Unix epoch. */
  readonly arrivals: number[] = []
  private turn = 0
  private readonly clients = new Set<Socket>()
  private readonly server: Server
  private readonly targets: () => readonly number[]

  /** @param targets ports that may be connected to now */
  static async start(targets: () => readonly number[]): Promise<Proxy> {
    const proxy = new Proxy(targets)
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  private constructor(targets: () => readonly number[]) {
    this.targets = targets
    this.server = createServer((client) => this.accept(client))
  }

  get isWhole(): boolean {
    return this.loss === 'none' && !this.isDown
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/graphql`
  }

  get socketUrl(): string {
    return `ws://127.0.0.1:${this.port}/graphql`
  }

  /** Breaks all connections. */
  cut(): void {
    for (const client of this.clients) client.destroy()
  }

  async stop(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private accept(client: Socket): void {
    this.clients.add(client)
    client.on('error', () => {})
    client.on('close', () => this.clients.delete(client))
    if (this.isDown) this.refusals++
    const targets = this.isDown ? [] : this.targets()
    const first = this.turn++
    this.dial(
      client,
      targets.map((_, place) => targets[(first + place) % targets.length] ?? 0),
    )
  }

  private dial(client: Socket, [port, ...others]: readonly number[]): void {
    if (port === undefined) return void client.destroy()
    const server = connect(port, '127.0.0.1')
    server.setNoDelay(true)
    client.setNoDelay(true)
    let isConnected = false
    server.once('connect', () => {
      isConnected = true
      this.arrivals.push(Date.now())
      this.forward(client, server, 'to-server')
      this.forward(server, client, 'to-client')
    })
    server.on('error', () => {
      if (!isConnected && !client.destroyed) this.dial(client, others)
    })
  }

  private forward(from: Socket, to: Socket, direction: Loss): void {
    const isLost = () => this.loss === 'both' || this.loss === direction
    from.on('data', (bytes) => {
      if (isLost()) return
      // Whoever reads slowly slows down whoever writes, as without a proxy.
      if (!to.write(bytes)) from.pause()
    })
    to.on('drain', () => from.resume())
    from.on('close', () => {
      // The word that a connection is over is lost like any other.
      if (!isLost()) to.destroy()
    })
  }
}
