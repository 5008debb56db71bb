import { graphql, type ResultOf } from '../graphql.ts'

export const agentFields = graphql(`
  fragment AgentFields on Agent @_unmask {
    id
    name
    state
    slots
    busySlots
    lastHeartbeatAt
    version
  }
`)

export const listAgents = graphql(
  `
    query ListAgents {
      agents {
        ...AgentFields
      }
    }
  `,
  [agentFields],
)

export type ListedAgent = NonNullable<ResultOf<typeof listAgents>['agents']>[number]

export const drainAgent = graphql(`
  mutation DrainAgent($id: ID!) {
    outcome: drainAgent(input: { id: $id }) {
      __typename
      ... on Agent {
        id
        state
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

export const undrainAgent = graphql(`
  mutation UndrainAgent($id: ID!) {
    outcome: undrainAgent(input: { id: $id }) {
      __typename
      ... on Agent {
        id
        state
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

export const reinstateAgent = graphql(`
  mutation ReinstateAgent($id: ID!) {
    outcome: reinstateAgent(input: { id: $id }) {
      __typename
      ... on Agent {
        id
        state
      }
      ... on Error {
        code
        message
      }
    }
  }
`)
