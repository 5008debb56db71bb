import type { WhenDone } from '../../support/cleanup.ts'
import type { Size } from '../probe.ts'
import { Caller, register, type Person } from './people.ts'
import { threadTimeOf } from './processor-time.ts'
import type { RealServer } from './server.ts'
import { RawSocket } from './socket.ts'

interface StageOptions {
  readonly server: RealServer
  readonly admin: Person
  readonly size: Size
  /** Aborted when the probe has had its time. */
  readonly signal: AbortSignal
  /** Which of the server's probes it is: its people come from addresses of their own. */
  readonly turn: number
}

/** What a probe has to work with. */
export class Stage {
  readonly server: RealServer
  readonly admin: Person
  readonly size: Size
  readonly signal: AbortSignal
  readonly whenDone: WhenDone
  readonly #turn: number
  readonly #cleanups: (() => unknown)[] = []
  #people = 0

  constructor({ server, admin, size, signal, turn }: StageOptions) {
    this.server = server
    this.admin = admin
    this.size = size
    this.signal = signal
    this.#turn = turn
    this.whenDone = (cleanup) => void this.#cleanups.push(cleanup)
  }

  /** As much as the size of the run allows. */
  scaled(quick: number, whole: number): number {
    return this.size === 'quick' ? quick : whole
  }

  /** Somebody without an account, from an address that nobody has come from. */
  stranger(): Caller {
    return new Caller(this.server, this.#nextAddress(), null, this.signal)
  }

  /** A new user, likewise. */
  user(): Promise<Person> {
    const address = this.#nextAddress()
    return register(this.server, `probe-${address}@example.com`, address, this.signal)
  }

  async socket(caller: Caller, headers: Readonly<Record<string, string>> = {}): Promise<RawSocket | null> {
    const socket = await RawSocket.open(this.server, { address: caller.address, token: caller.token, headers })
    this.whenDone(() => socket?.cut())
    return socket
  }

  /** What the server's main thread has taken of the processor for something, in milliseconds. */
  async costOf(action: () => Promise<unknown>): Promise<number> {
    const before = threadTimeOf(this.server.pid).ranMs
    await action()
    return Math.round(threadTimeOf(this.server.pid).ranMs - before)
  }

  async end(): Promise<void> {
    for (const cleanup of this.#cleanups.reverse()) await cleanup()
  }

  #nextAddress(): string {
    this.#people += 1
    return `10.${this.#turn >> 8}.${this.#turn & 255}.${this.#people}`
  }
}
