import pg from 'pg'
import type { Logger } from 'pino'
import { pause, type Clock } from '../../clock.ts'
import { backoffMs } from '../../domain/backoff.ts'
import type { DatabaseAddress } from '../../store/connection/address.ts'
import { channel } from './message.ts'

const bounds = { firstMs: 100, maxMs: 5_000 }

interface WireOptions {
  readonly address: Pick<DatabaseAddress, 'connection'>
  readonly clock: Clock
  readonly logger: Logger
  readonly onPayload: (payload: string) => void
  /** The connection stands; `again` where it was lost before, and with it what was sent in the meantime. */
  readonly onConnected: (again: boolean) => void
}

/** One connection of its own for LISTEN and NOTIFY, made again for as long as the replica runs. */
export class Wire {
  #client: pg.Client | null = null
  #stopped = false
  #wasConnected = false
  readonly #options: WireOptions

  constructor(options: WireOptions) {
    this.#options = options
  }

  /** Connects; resolves when it listens. Retries where it cannot. */
  async start(): Promise<void> {
    for (let failures = 1; !this.#stopped; failures++) {
      try {
        return await this.#connect()
      } catch (error) {
        const delayMs = backoffMs(failures, bounds)
        this.#options.logger.warn(
          { err: error },
          `no connection for what replicas tell each other; trying again in ${delayMs} ms`,
        )
        await pause(this.#options.clock, delayMs)
      }
    }
  }

  /** Sends a payload. Returns whether it was sent: a full disk can keep a connection that stands from it. */
  async send(payload: string): Promise<boolean> {
    if (this.#client === null) return false
    try {
      await this.#client.query('SELECT pg_notify($1, $2)', [channel, payload])
      return true
    } catch (error) {
      this.#options.logger.warn(
        { err: error },
        'could not tell the other replicas something; they will be asked to look for it',
      )
      return false
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#client?.end().catch(() => {})
  }

  async #connect(): Promise<void> {
    const { address, onPayload, onConnected } = this.#options
    const client = new pg.Client({
      ...address.connection,
      application_name: 'reckon bridge',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    })
    client.on('error', () => {})
    client.on('notification', ({ payload }) => {
      if (payload) onPayload(payload)
    })
    await client.connect()
    // A hint may be lost, so that none need wait for the disk.
    await client.query(`SET synchronous_commit = off; LISTEN ${channel}`)
    this.#client = client
    client.once('end', () => {
      this.#client = null
      if (!this.#stopped) void this.start()
    })
    onConnected(this.#wasConnected)
    this.#wasConnected = true
  }
}
