import { createHmac } from 'node:crypto'

/** The form in which Standard Webhooks gives secrets to people. */
const prefix = 'whsec_'

/**
 * The secret of a webhook. It follows from a key of the server and the webhook's id, and stands nowhere: who reads the database can
 * sign nothing. See docs/decisions/0044.
 */
export const secretOf = (key: Uint8Array, webhookId: string): string =>
  prefix + createHmac('sha256', key).update(webhookId).digest('base64')

export interface SignedMessage {
  /** The same for all attempts. */
  readonly id: string
  /** Of this attempt, in seconds since the Unix epoch. */
  readonly timestamp: number
  readonly body: string
}

/** The value of `webhook-signature`: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export function signatureOf(secret: string, { id, timestamp, body }: SignedMessage): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}
