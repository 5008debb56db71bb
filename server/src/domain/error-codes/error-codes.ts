import { ofAccounts } from './of-accounts.ts'
import { ofAgents } from './of-agents.ts'
import { ofExpressions } from './of-expressions.ts'
import { ofRequests } from './of-requests.ts'
import { ofSources } from './of-sources.ts'

/** Every code of the contract, in the order in which docs/errors.md lists them. Why one list, and what may change: docs/decisions/0047. */
export const errorCodes = { ...ofRequests, ...ofAccounts, ...ofSources, ...ofExpressions, ...ofAgents }

export const errorCodeGroups = {
  Requests: ofRequests,
  'Accounts and tokens': ofAccounts,
  'Sources of expressions': ofSources,
  'Expressions and their results': ofExpressions,
  Agents: ofAgents,
}

export type ErrorCode = keyof typeof errorCodes

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorCodes, code)
