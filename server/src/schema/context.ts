import type { Actor } from '../domain/actor.ts'
import type { ClientState } from '../use-cases/accounts/client-state.ts'
import type { Services } from '../use-cases/services.ts'
import type { OperationAccount } from './cost/operation-account.ts'

/** The socket that an operation came on. */
export interface Connection {
  /** How the socket stands: `silent` when it was closed because it did not answer a ping. */
  readonly state: 'open' | 'closed' | 'silent'
  close(code: number, reason: string): void
}

export interface Context extends ClientState {
  readonly actor: Actor
  readonly connection: Connection | null
  /** By which the log names the request that it came with; null over a socket. */
  readonly requestId: string | null
  /** What the operation has cost so far, and what it has read. */
  readonly account: OperationAccount
  readonly services: Services
}
