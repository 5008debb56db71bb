import type { ResultOf } from 'gql.tada'
import { print } from 'graphql'
import { graphql } from '../graphql.ts'

// Printed once: the same text every time is what the server's parse cache knows a document by.

const agentSession = graphql(`
  subscription AgentSession($input: AgentSessionInput!, $isTraced: Boolean!) {
    agentSession(input: $input) {
      __typename
      ... on AgentSessionOpened {
        agentId
        graceMs
        maxDigits
        revokedTickets
      }
      ... on TasksAssigned {
        assignments {
          ticket
          traceparent @include(if: $isTraced)
          operation
          operands
          durationMs
        }
      }
      ... on TasksRevoked {
        tickets
      }
      ... on AgentDrainRequested {
        reason
      }
      ... on AgentDrainWithdrawn {
        reason
      }
      ... on AgentSupersededError {
        message
      }
      ... on AgentSuspendedError {
        message
      }
    }
  }
`)

const submitTaskResults = graphql(`
  mutation SubmitTaskResults($input: SubmitTaskResultsInput!) {
    submitTaskResults(input: $input) {
      __typename
      ... on SubmitTaskResultsPayload {
        receipts
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

const prepareLeaving = graphql(`
  mutation PrepareLeaving($input: PrepareLeavingInput!) {
    prepareLeaving(input: $input) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`)

export type AgentSessionData = ResultOf<typeof agentSession>
export type AgentSessionEvent = AgentSessionData['agentSession']
export type TaskAssignment = Extract<AgentSessionEvent, { __typename: 'TasksAssigned' }>['assignments'][number]
export type SubmitTaskResultsData = ResultOf<typeof submitTaskResults>

export const agentSessionText = print(agentSession)
export const prepareLeavingText = print(prepareLeaving)
export const submitTaskResultsText = print(submitTaskResults)
