import { graphql, type ResultOf } from '../graphql.ts'
import { rateLimit, refusal } from './refusal-documents.ts'

const webhookFields = graphql(`
  fragment WebhookFields on Webhook @_unmask {
    id
    name
    url
    events
    createdAt
    pausedAt
    disabledAt
    disabledReason
    resumesAt
    failures
  }
`)

const deliveryFields = graphql(`
  fragment DeliveryFields on WebhookDelivery @_unmask {
    id
    event
    expressionId
    state
    attempts
    createdAt
    deliveredAt
    nextAttemptAt
    answerStatus
    problem
  }
`)

/** All of them: a user has ten at most. */
export const listWebhooks = graphql(
  `
    query ListWebhooks {
      webhooks(first: 100) {
        edges {
          node {
            ...WebhookFields
          }
        }
      }
    }
  `,
  [webhookFields],
)

export type ListedWebhook = NonNullable<ResultOf<typeof listWebhooks>['webhooks']>['edges'][number]['node']

export const listDeliveries = graphql(
  `
    query ListDeliveries($id: ID!, $first: Int!) {
      node(id: $id) {
        __typename
        ... on Webhook {
          deliveries(first: $first) {
            edges {
              node {
                ...DeliveryFields
              }
            }
          }
        }
      }
    }
  `,
  [deliveryFields],
)

export const createWebhook = graphql(
  `
    mutation CreateWebhook($input: CreateWebhookInput!) {
      outcome: createWebhook(input: $input) {
        __typename
        ... on CreateWebhookPayload {
          secret
          webhook {
            id
          }
        }
        ...Refusal
        ... on InvalidInputError {
          fields {
            message
          }
        }
      }
    }
  `,
  [refusal],
)

export const deleteWebhook = graphql(
  `
    mutation DeleteWebhook($id: ID!) {
      outcome: deleteWebhook(input: { id: $id }) {
        __typename
        ... on Webhook {
          id
        }
        ...Refusal
      }
    }
  `,
  [refusal],
)

export const pauseWebhook = graphql(
  `
    mutation PauseWebhook($id: ID!, $isPaused: Boolean!) {
      outcome: updateWebhook(input: { id: $id, isPaused: $isPaused }) {
        __typename
        ... on Webhook {
          id
        }
        ...Refusal
      }
    }
  `,
  [refusal],
)

export const testWebhook = graphql(
  `
    mutation TestWebhook($id: ID!) {
      outcome: testWebhook(input: { id: $id }) {
        __typename
        ...DeliveryFields
        ...Refusal
        ...RateLimit
      }
    }
  `,
  [deliveryFields, refusal, rateLimit],
)

export const redeliver = graphql(
  `
    mutation Redeliver($id: ID!) {
      outcome: redeliver(input: { id: $id }) {
        __typename
        ...DeliveryFields
        ...Refusal
        ...RateLimit
      }
    }
  `,
  [deliveryFields, refusal, rateLimit],
)
