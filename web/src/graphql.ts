import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './generated/graphql-env.d.ts'

/** Types a document by the contract, schema.graphql. */
export const graphql = initGraphQLTada<{
  introspection: introspection
  scalars: { DateTime: string; Version: number }
}>()

export { readFragment } from 'gql.tada'
export type { FragmentOf, ResultOf } from 'gql.tada'

export type AgentState = ReturnType<typeof graphql.scalar<'AgentState'>>
export type AuditEventKind = ReturnType<typeof graphql.scalar<'AuditEventKind'>>
export type ExpressionStatus = ReturnType<typeof graphql.scalar<'ExpressionStatus'>>
export type TaskStatus = ReturnType<typeof graphql.scalar<'TaskStatus'>>
