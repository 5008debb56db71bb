import { suspendedMessage } from '../../domain/tasks/agent-quota.ts'
import { forbidden, invalidInput, type ForbiddenError, type InvalidInputError } from '../../domain/failure.ts'
import { toStorable } from '../parse-input.ts'
import type { SubmittedResult, TaskReceipt } from '../scheduler-port.ts'
import type { Services } from '../services.ts'
import { agentOfToken } from './agent-of-token.ts'

const mostResults = 1_000
const longestMessage = 2_000

/** A result as an agent sends it. */
export interface TaskResultInput {
  readonly ticket: string
  readonly elapsedMs: number
  readonly value?: string | null | undefined
  readonly error?: { readonly code: SubmittedError['code']; readonly message: string } | null | undefined
}

type SubmittedError = Extract<SubmittedResult['outcome'], { kind: 'error' }>

export type SubmitTaskResultsOutcome =
  { readonly receipts: readonly TaskReceipt[] } | InvalidInputError | ForbiddenError

/** Takes in what an agent computed. Answers when all that it acknowledges is on disk. */
export async function submitTaskResults(
  services: Services,
  tokenId: string,
  agentId: string,
  results: readonly TaskResultInput[],
): Promise<SubmitTaskResultsOutcome> {
  if (results.length > mostResults)
    return invalidInput([{ path: 'results', message: `must have at most ${mostResults} entries; send the rest next` }])
  const outcomes = results.map(toOutcome)
  const unclear = outcomes.indexOf(undefined)
  if (unclear !== -1)
    return invalidInput([{ path: `results.${unclear}`, message: 'must have exactly one of value and error' }])
  const agent = await agentOfToken(services, tokenId, agentId)
  if ('code' in agent) return agent
  if (agent.suspendedAt !== null) return forbidden(suspendedMessage(agent.lastRefusal ?? ''))
  const submitted = results.flatMap(({ ticket, elapsedMs }, place) => {
    const outcome = outcomes[place]
    return outcome ? [{ ticket, elapsedMs, outcome }] : []
  })
  return { receipts: await services.scheduler.submitResults(agentId, submitted) }
}

function toOutcome({ value, error }: TaskResultInput): SubmittedResult['outcome'] | undefined {
  if (value != null) return error == null ? { kind: 'value', value } : undefined
  if (error == null) return undefined
  return { kind: 'error', code: error.code, message: toStorable(error.message.slice(0, longestMessage)) }
}
