/** Who does what only some may do, and from where: for the audit log. */
export interface Requester {
  readonly actorId: string | null
  /** The client's network address. */
  readonly address: string
}
