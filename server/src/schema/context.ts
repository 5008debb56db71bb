import type { Actor } from '../domain/actor.ts'
import type { Services } from '../use-cases/services.ts'
import type { OperationAccount } from './cost/operation-account.ts'

/** The socket that an operation came on. */
export interface Connection {
  /** How the socket stands: `silent` when it was closed because it did not answer a ping. */
  readonly state: 'open' | 'closed' | 'silent'
  close(code: number, reason: string): void
}

/** A cookie that holds a secret: there over HTTP, not over a socket. */
export interface SecretCookie {
  read(): string | undefined
  write(secret: string, maxAgeSeconds: number): void
  clear(): void
}

export interface Context {
  readonly actor: Actor
  /** The client's network address, for throttling. */
  readonly address: string
  readonly connection: Connection | null
  readonly refreshCookie: SecretCookie | null
  /** By which a device is known where somebody has signed in before. */
  readonly deviceCookie: SecretCookie | null
  /** What the operation has cost so far, and what it has read. */
  readonly account: OperationAccount
  readonly services: Services
}
