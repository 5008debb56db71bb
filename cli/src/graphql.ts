import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './generated/graphql-env.d.ts'

/** Types every document by the contract, schema.graphql. */
export const graphql = initGraphQLTada<{
  introspection: introspection
  scalars: { DateTime: string; Version: number }
}>()

export { readFragment } from 'gql.tada'
export type { FragmentOf, ResultOf, TadaDocumentNode, VariablesOf } from 'gql.tada'

export type ExpressionStatus = ReturnType<typeof graphql.scalar<'ExpressionStatus'>>
export type TaskStatus = ReturnType<typeof graphql.scalar<'TaskStatus'>>
export type AgentState = ReturnType<typeof graphql.scalar<'AgentState'>>
export type TokenScope = ReturnType<typeof graphql.scalar<'TokenScope'>>
export type WaitReason = ReturnType<typeof graphql.scalar<'WaitReason'>>
