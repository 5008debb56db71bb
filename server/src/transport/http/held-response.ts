import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../clock.ts'
import type { Actor } from '../../domain/actor.ts'
import { forbidden, rateLimited, unauthenticated } from '../../domain/failure.ts'
import type { Held, HeldEnd, HoldRefusal } from '../../rest/held.ts'
import type { Connection } from '../../schema/context.ts'
import { closeCodes } from '../../use-cases/agents/close-codes.ts'
import type { Services } from '../../use-cases/services.ts'
import { authenticateLasting, type Authenticate } from '../client/authentication.ts'
import { expiryCode, whenExpired } from '../client/expiry.ts'
import { clientAddress } from '../client/forwarded.ts'
import { tokenOfHeaders } from '../client/tokens.ts'
import type { Connections, LastingConnection } from '../socket/connections.ts'

/** How often something goes out on a stream that has nothing to tell, so that nobody on the way takes it for dead. */
export const heartbeatMs = 15_000

const heartbeat = ':\n\n'

interface HeldResponseOptions {
  readonly response: ServerResponse
  readonly address: string
  readonly actor: Actor
  readonly clock: Clock
  readonly onEnd: (held: HeldResponse) => void
}

/** An answer over HTTP that is kept open: one that waits, or a stream of events. It stands among the sockets, and ends when they would. */
export class HeldResponse implements Connection, LastingConnection, Held {
  readonly address: string
  readonly actor: Actor
  isAdmittedAnonymous = false
  readonly idleSince = null
  readonly ended: Promise<HeldEnd>
  stalledSince: number | null = null
  readonly #response: ServerResponse
  readonly #clock: Clock
  readonly #onEnd: (held: HeldResponse) => void
  #state: Connection['state'] = 'open'
  #resolve: (end: HeldEnd) => void = () => {}
  #beatAt: number | null = null
  #cancelExpiry = () => {}

  constructor({ response, address, actor, clock, onEnd }: HeldResponseOptions) {
    this.address = address
    this.actor = actor
    this.#response = response
    this.#clock = clock
    this.#onEnd = onEnd
    this.ended = new Promise((resolve) => (this.#resolve = resolve))
    response.once('close', () => this.#end('closed', 'gone'))
  }

  get state() {
    return this.#state
  }

  get bufferedBytes() {
    return this.#response.writableLength
  }

  expireAt(expiresAt: Date | null) {
    if (expiresAt === null || this.#state !== 'open') return
    this.#cancelExpiry = whenExpired(this.#clock, expiresAt, () => this.close(expiryCode(this.actor)))
  }

  /** From now on it is a stream, which has heartbeats. */
  startStream() {
    if (this.#state === 'open') this.#beatAt = this.#clock.now()
    else this.#response.destroy()
  }

  close(code: number) {
    const hasTokenEnded = code === closeCodes.FORBIDDEN || code === closeCodes.TOKEN_EXPIRED
    this.#end('closed', hasTokenEnded ? 'tokenEnded' : 'stopping')
  }

  terminate(state: 'closed' | 'silent') {
    this.#end(state, 'gone')
    this.#response.destroy()
  }

  release() {
    this.#end('closed', 'gone')
  }

  /** Nothing answers: whether the client is there shows in what it takes. */
  ping(): 'answered' {
    const now = this.#clock.now()
    this.stalledSince = this.#response.writableNeedDrain ? (this.stalledSince ?? now) : null
    if (this.#beatAt !== null && this.stalledSince === null && now - this.#beatAt >= heartbeatMs) {
      this.#beatAt = now
      this.#response.write(heartbeat)
    }
    return 'answered'
  }

  #end(state: 'closed' | 'silent', end: HeldEnd) {
    if (this.#state !== 'open') return
    this.#state = state
    this.#cancelExpiry()
    this.#onEnd(this)
    this.#resolve(end)
    const isStream = this.#beatAt !== null
    this.#beatAt = null
    // Cut off rather than ended: so the client knows that there is more, and comes back. Who does not read takes no goodbye either.
    if (isStream && (end === 'stopping' || (end === 'tokenEnded' && this.#response.writableNeedDrain)))
      this.#response.destroy()
  }
}

export interface HoldingOptions {
  readonly services: Services
  readonly authenticate: Authenticate
  readonly connections: Connections
  readonly isStopping: () => boolean
}

/** By then somebody has closed something. */
const retryAfterSeconds = 5

const tooMany = () => rateLimited(retryAfterSeconds, 'This address has too many connections.')

/** How an answer is kept open: for a user alone, with a token that is good now, and counted among the connections of their network. */
export function createHolding({ services, authenticate, connections, isStopping }: HoldingOptions) {
  const { clock, environment } = services

  return async (request: IncomingMessage, response: ServerResponse): Promise<HeldResponse | HoldRefusal> => {
    const address = clientAddress(request, environment.TRUSTED_PROXIES)
    if (!connections.admits(address)) return tooMany()
    const token = tokenOfHeaders(request.headers)
    // Once more: who is asked before a request is read may be signed out before it is kept open.
    const outcome = token === undefined ? null : await authenticateLasting(authenticate, services, token, address)
    if (outcome === null || outcome.kind === 'refused') return unauthenticated
    if (outcome.actor.kind !== 'user') return forbidden('Only users can watch over HTTP. Agents use a WebSocket.')
    // Others may have come meanwhile.
    if (!connections.admits(address)) return tooMany()
    const onEnd = (held: HeldResponse) => connections.remove(held)
    const held = new HeldResponse({ response, address, actor: outcome.actor, clock, onEnd })
    connections.add(held)
    held.expireAt(outcome.expiresAt)
    if (response.closed) held.release()
    // All that were kept open when it began to stop were closed then.
    else if (isStopping()) held.close(closeCodes.GOING_AWAY)
    return held
  }
}

export type Holding = ReturnType<typeof createHolding>
