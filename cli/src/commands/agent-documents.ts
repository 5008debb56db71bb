import { Kind, visit } from 'graphql'
import type { introspection } from '../generated/graphql-env.d.ts'
import { graphql, type ResultOf } from '../graphql.ts'
import { refusal } from './refusal-documents.ts'

export const agentFields = graphql(`
  fragment AgentFields on Agent @_unmask {
    id
    name
    state
    slots
    busySlots
    lastHeartbeatAt
    programVersion
    host
    utilisation
    tasksPerSecond
    tasksDone
    tasksFailed
    tasksLost
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

const changedAgent = graphql(`
  fragment ChangedAgent on Agent @_unmask {
    id
    state
  }
`)

export const drainAgent = graphql(
  `
    mutation DrainAgent($id: ID!) {
      outcome: drainAgent(input: { id: $id }) {
        __typename
        ...ChangedAgent
        ...Refusal
      }
    }
  `,
  [changedAgent, refusal],
)

/** Mutations of agents are given and answer alike, so that one document is all of them but for the name. */
const alike = (field: keyof introspection['types']['Mutation']['fields']): typeof drainAgent =>
  visit(drainAgent, {
    OperationDefinition: (node) => ({ ...node, name: { kind: Kind.NAME, value: field } }),
    Field: (node) => (node.name.value === 'drainAgent' ? { ...node, name: { kind: Kind.NAME, value: field } } : node),
  })

export const undrainAgent = alike('undrainAgent')
export const forgetAgent = alike('forgetAgent')
export const reinstateAgent = alike('reinstateAgent')
