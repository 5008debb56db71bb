import { connect, type Socket } from 'node:net'

/** Bytes to the server, as they are, and what comes back. */
export class RawConnection {
  #received = ''
  #closedAt: number | null = null
  readonly #socket: Socket
  readonly #ended: Promise<void>

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1')
    this.#socket.on('data', (bytes) => (this.#received += bytes.toString('latin1')))
    this.#socket.on('error', () => {})
    this.#ended = new Promise((resolve) =>
      this.#socket.on('close', () => {
        this.#closedAt = performance.now()
        resolve()
      }),
    )
  }

  get received(): string {
    return this.#received
  }

  get isClosed(): boolean {
    return this.#closedAt !== null
  }

  write(bytes: string): void {
    if (this.#socket.writable) this.#socket.write(bytes, 'latin1')
  }

  /** All that came until the server closed, or until this time was over. */
  async untilClosed(limitMs: number): Promise<string> {
    let timer: NodeJS.Timeout | undefined
    await Promise.race([this.#ended, new Promise((resolve) => (timer = setTimeout(resolve, limitMs)))])
    clearTimeout(timer)
    return this.#received
  }

  cut(): void {
    this.#socket.destroy()
  }
}

/** The statuses of the answers in what came over a connection. */
export const statusesOf = (received: string): string[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => `HTTP ${status}`)
