import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { DatabaseAddress } from '../../store/connection/address.ts'
import type { Announcer } from '../announcer.ts'
import type { Live } from '../live.ts'
import { Interests, renewalMs } from './interests.ts'
import { decodeMessages, type BridgeMessage } from './message.ts'
import { OutboundHints } from './outbound-hints.ts'
import type { Meter } from '../../metering/meter.ts'
import { Publisher } from './publisher.ts'
import { Wire } from './wire.ts'

export interface BridgeOptions {
  readonly address: Pick<DatabaseAddress, 'connection'>
  readonly replicaId: string
  readonly announcer: Announcer
  readonly live: Live
  readonly clock: Clock
  readonly logger: Logger
  readonly meter: Meter
}

/** Replicas that were not told for so long what is watched here, in milliseconds, may have forgotten it. */
const forgottenAfterMs = 2 * renewalMs

/**
 * Carries announcements between replicas, over LISTEN and NOTIFY: ids, and of what somebody elsewhere watches also the states that only
 * memory knows. Hints alone: one can be lost, and then whoever may have missed it reads everything anew.
 */
export class Bridge {
  readonly #options: BridgeOptions
  readonly #wire: Wire
  readonly #publisher: Publisher
  readonly #interests = new Interests()
  readonly #outbound: OutboundHints
  #renewedAt = -Infinity
  #receivedAt = -Infinity
  #connectedAt = -Infinity
  #cancelRenewal = () => {}

  constructor(options: BridgeOptions) {
    this.#options = options
    const { address, announcer, clock, live, logger, meter, replicaId } = options
    this.#wire = new Wire({
      ...{ address, clock, logger },
      onPayload: (payload) => this.#receive(payload),
      onConnected: (again) => this.#connected(again),
    })
    this.#publisher = new Publisher(replicaId, {
      ...{ clock, meter },
      send: (payload) => this.#wire.send(payload),
      onReachedAgain: (silentMs) => this.#endSilence(silentMs),
    })
    const isAccompanied = () => this.#isAccompanied()
    this.#outbound = new OutboundHints({
      ...{ announcer, live, isAccompanied },
      publisher: this.#publisher,
      interests: this.#interests,
    })
  }

  async start(): Promise<void> {
    await this.#wire.start()
    this.#renewedAt = this.#options.clock.now()
    this.#renewSoon()
  }

  async stop(): Promise<void> {
    this.#cancelRenewal()
    await this.#publisher.stop()
    await this.#wire.stop()
  }

  #connected(again: boolean): void {
    const { announcer, clock } = this.#options
    const now = clock.now()
    this.#interests.presumeAll()
    this.#publisher.greet()
    if (again) announcer.signal({ kind: 'missed', forMs: now - Math.max(this.#receivedAt, this.#connectedAt) })
    this.#connectedAt = now
  }

  #renewSoon(): void {
    this.#cancelRenewal = this.#options.clock.after(renewalMs, () => {
      this.#renewSoon()
      this.#renew()
    })
  }

  #renew(): void {
    const now = this.#options.clock.now()
    // More than one renewal's time has passed where this process stood still.
    const silentMs = now - this.#renewedAt
    this.#renewedAt = now
    this.#interests.age()
    this.#endSilence(silentMs)
  }

  /** The other replicas are told anew what is watched here. Where they had forgotten it they may have kept their changes for themselves. */
  #endSilence(silentMs: number): void {
    this.#outbound.renewWatches()
    if (silentMs > forgottenAfterMs) this.#options.announcer.signal({ kind: 'missed', forMs: silentMs })
  }

  #isAccompanied(): boolean {
    const { live, clock } = this.#options
    return !live.state.isAlone() || clock.now() - this.#receivedAt < 3 * renewalMs
  }

  #receive(payload: string): void {
    const decoded = decodeMessages(payload, this.#options.replicaId)
    if (decoded === null) return
    this.#receivedAt = this.#options.clock.now()
    for (const message of decoded.messages) this.#handle(message, decoded.from)
  }

  #handle(message: BridgeMessage, from: string): void {
    const { announcer, live, replicaId } = this.#options
    switch (message.kind) {
      case 'hello':
        this.#outbound.renewWatches()
        return announcer.signal({ kind: 'missed', forMs: message.silentMs })
      case 'announcement':
        return announcer.relay(message.announcement)
      case 'expressions':
        for (const id of message.ids) announcer.relay({ kind: 'expression', id, ownerId: message.ownerId })
        return
      case 'watches': {
        const { what, ids, isNew } = message
        const fresh = this.#interests.add(what, ids)
        this.#outbound.sendStates(what, isNew ? ids : fresh)
        // This replica kept no change from anybody for as long as it took everything for watched.
        return this.#outbound.acknowledgeWatches(from, what, isNew ? ids : this.#interests.isPresuming ? [] : fresh)
      }
      case 'watchAcknowledged': {
        const { kind, to, what, ids } = message
        if (to === replicaId) announcer.signal({ kind, replicaId: from, what, ids })
        return
      }
      case 'taskStates':
        live.noteRemoteTasks(message.expressionId, message.states)
        return announcer.relay({
          kind: 'tasks',
          expressionId: message.expressionId,
          tasks: message.states.map(({ index }) => index),
        })
      case 'agentWork':
        live.remoteAgents.set(message.agentId, message.work)
        return announcer.relay({ kind: 'agentWork', id: message.agentId })
      default:
        return message satisfies never
    }
  }
}
