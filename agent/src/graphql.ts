import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './generated/graphql-env.d.ts'

/** Types every document from `schema.graphql`, by `npx gql-tada generate-output`. */
export const graphql = initGraphQLTada<{ introspection: introspection; scalars: { DateTime: string } }>()

export type TaskErrorCode = ReturnType<typeof graphql.scalar<'TaskErrorCode'>>
export type TaskReceipt = ReturnType<typeof graphql.scalar<'TaskReceipt'>>
export type TaskResultInput = ReturnType<typeof graphql.scalar<'TaskResultInput'>>
export type AgentSessionInput = ReturnType<typeof graphql.scalar<'AgentSessionInput'>>
export type PrepareLeavingInput = ReturnType<typeof graphql.scalar<'PrepareLeavingInput'>>
export type SubmitTaskResultsInput = ReturnType<typeof graphql.scalar<'SubmitTaskResultsInput'>>
