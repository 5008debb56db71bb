import type { Actor } from '../../domain/actor.ts'

/** Who does what only some may do, and from where: for the audit log. */
export interface Requester {
  readonly actorId: string | null
  /** The client's network address. */
  readonly address: string
}

export const requesterOf = ({ actor, address }: { readonly actor: Actor; readonly address: string }): Requester => ({
  actorId: actor.kind === 'user' ? actor.userId : null,
  address,
})
