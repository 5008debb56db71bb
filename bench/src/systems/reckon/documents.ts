import type { Ending } from '../../load/ledger.ts'
import type { Operator } from '../../workload/expression.ts'
import { accepted, type Api } from './api.ts'

/** The first to register is the admin. @returns an access token */
export async function register(api: Api): Promise<string> {
  const { register } = await api.run<{ register: { accessToken: string } }>(
    `mutation {
      register(input: { email: "bench@example.com", password: "correct horse battery" }) {
        ... on Authentication { accessToken }
        ... on Error { message }
      }
    }`,
  )
  return accepted(register).accessToken
}

/** @returns a token that lets agents in */
export async function createAgentToken(api: Api): Promise<string> {
  const { createAgentToken } = await api.run<{ createAgentToken: { token: string } }>(
    `mutation {
      createAgentToken(input: { name: "bench" }) {
        ... on CreateAgentTokenPayload { token }
        ... on Error { message }
      }
    }`,
  )
  return accepted(createAgentToken).token
}

export async function setDurations(api: Api, byOperator: Readonly<Record<Operator, number>>): Promise<void> {
  const durations = [
    { kind: 'ADD', durationMs: byOperator['+'] },
    { kind: 'SUBTRACT', durationMs: byOperator['-'] },
    { kind: 'MULTIPLY', durationMs: byOperator['*'] },
  ]
  const { setOperationDurations } = await api.run<{ setOperationDurations: object }>(
    `mutation ($input: SetOperationDurationsInput!) {
      setOperationDurations(input: $input) { ... on Error { message } }
    }`,
    { input: { durations } },
  )
  accepted(setOperationDurations)
}

/** An expression as it is submitted. */
export interface Submission {
  readonly requestId: string
  readonly source: string
}

/** Not regrouped: a chain is to stay a chain, and no peer regroups. */
const inputOf = ({ requestId, source }: Submission) => ({ source, requestId, regroup: false })

export async function submit(api: Api, submissions: readonly Submission[]): Promise<void> {
  const { submitExpressions } = await api.run<{ submitExpressions: { outcomes: readonly object[] } }>(
    `mutation ($input: SubmitExpressionsInput!) {
      submitExpressions(input: $input) {
        ... on SubmitExpressionsPayload { outcomes { ... on Expression { status } ... on Error { message } } }
        ... on Error { message }
      }
    }`,
    { input: { expressions: submissions.map(inputOf) } },
  )
  accepted(submitExpressions).outcomes.forEach(accepted)
}

/** Submitted once more it is the same expression. @returns its id */
export async function findExpression(api: Api, submission: Submission): Promise<string> {
  const { submitExpression } = await api.run<{ submitExpression: { id: string } }>(
    `mutation ($input: SubmitExpressionInput!) {
      submitExpression(input: $input) { ... on Expression { id } ... on Error { message } }
    }`,
    { input: inputOf(submission) },
  )
  return accepted(submitExpression).id
}

interface ShownExpression {
  readonly requestId: string
  readonly status: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'
  readonly result: { readonly fraction: string } | null
}

/** Resolves when the subscription stands. */
export function watchEnds(
  api: Api,
  onEnd: (requestId: string, ending: Ending) => void,
  onLost: (error: Error) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    api.watch<{ expressionsChanged: readonly ShownExpression[] }>(
      `subscription { expressionsChanged { requestId status result { fraction } } }`,
      {
        next({ expressionsChanged }) {
          resolve()
          for (const { requestId, status, result } of expressionsChanged)
            if (result) onEnd(requestId, { kind: 'value', value: result.fraction })
            else if (status === 'FAILED' || status === 'CANCELLED')
              onEnd(requestId, { kind: 'failure', message: status })
        },
        lost(error) {
          reject(error)
          onLost(error)
        },
      },
    )
  })
}

/** Resolves when so many agents are connected. */
export async function agentsOnline(api: Api, count: number): Promise<void> {
  let end = () => {}
  await new Promise<void>((resolve, reject) => {
    end = api.watch<{ agentsChanged: readonly { id: string; state: string }[] }>(
      'subscription { agentsChanged { id state } }',
      {
        next({ agentsChanged }) {
          for (const { id, state } of agentsChanged)
            if (state === 'ONLINE') online.add(id)
            else online.delete(id)
          if (online.size === count) resolve()
        },
        lost: reject,
      },
    )
    const online = new Set<string>()
  })
  end()
}
