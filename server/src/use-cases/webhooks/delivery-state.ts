import type { WebhookDelivery } from '../../generated/prisma/client.ts'

export const deliveryStates = ['WAITING', 'DELIVERED', 'GIVEN_UP'] as const

export type DeliveryState = (typeof deliveryStates)[number]

export function deliveryState({ deliveredAt, nextAttemptAt }: WebhookDelivery): DeliveryState {
  if (deliveredAt !== null) return 'DELIVERED'
  return nextAttemptAt === null ? 'GIVEN_UP' : 'WAITING'
}
