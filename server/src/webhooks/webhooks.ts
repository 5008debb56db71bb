import type { BlockList } from 'node:net'
import type { Readings } from '../metering/catalogue.ts'
import { giveUpDeliveries, purgeDeliveries } from '../store/webhooks/purge-deliveries.ts'
import { Courier, type CourierOptions } from './courier.ts'
import { readNetworks } from './networks.ts'

export interface WebhooksOptions extends Omit<CourierOptions, 'allowed'> {
  /** Of WEBHOOK_NETWORKS. */
  readonly networks: readonly string[]
  /** How long deliveries are kept that came to their end. */
  readonly retentionSeconds: number
}

/** Work that comes round. */
interface Round {
  readonly name: string
  readonly everyMs: number
  readonly run: (isStopping: () => boolean) => Promise<void> | void
}

export interface Webhooks {
  readonly key: Uint8Array
  readonly allowed: BlockList
  readonly allowsPlain: boolean
  /** Something is to be delivered. */
  wake(): void
  readonly sweeps: readonly Round[]
  readings(): Readings
  start(): Promise<void>
  stop(): Promise<void>
}

/** All that delivers to webhooks, and what comes round for it. */
export function createWebhooks({ networks, retentionSeconds, ...options }: WebhooksOptions): Webhooks {
  const allowed = readNetworks(networks)
  if (allowed === null) throw new Error('WEBHOOK_NETWORKS has been checked')
  const courier = new Courier({ ...options, allowed })
  const { key, pool } = options
  const tidy = async (isStopping: () => boolean) => {
    await courier.refresh()
    while (!isStopping() && (await giveUpDeliveries(pool)) > 0);
    while (!isStopping() && (await purgeDeliveries(pool, retentionSeconds)) > 0);
  }
  return {
    ...{ key, allowed, allowsPlain: networks.length > 0 },
    wake: () => courier.wake(),
    sweeps: [
      { name: 'webhook deliveries', everyMs: 2_000, run: () => courier.wake() },
      { name: 'waiting deliveries', everyMs: 10_000, run: () => courier.count() },
      { name: 'webhooks', everyMs: 60_000, run: tidy },
    ],
    readings: () => courier.readings(),
    start: () => courier.refresh(),
    stop: () => courier.stop(),
  }
}
