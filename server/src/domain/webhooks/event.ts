/** What a webhook can be told: how an expression has ended. */
export const webhookEnds = ['SUCCEEDED', 'FAILED', 'CANCELLED'] as const

export type WebhookEnd = (typeof webhookEnds)[number]

/** The type of what a webhook is sent to try it. Of an end it is `expression.succeeded` and the like. */
export const testEvent = 'webhook.test'
