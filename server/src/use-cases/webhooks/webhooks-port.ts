import type { BlockList } from 'node:net'

/** What use cases need to know of what delivers to webhooks. */
export interface WebhooksPort {
  /** From which the secrets follow. */
  readonly key: Uint8Array
  /** Networks to which webhooks may lead beside the public one. */
  readonly allowed: BlockList
  /** Whether there are such, where http:// will do. */
  readonly allowsPlain: boolean
  /** Something is to be delivered. */
  wake(): void
}
