import type { Ending } from '../../load/ledger.ts'
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

export async function setDurations(api: Api, durationMs: number): Promise<void> {
  const durations = ['ADD', 'SUBTRACT', 'MULTIPLY'].map((kind) => ({ kind, durationMs }))
  const { setOperationDurations } = await api.run<{ setOperationDurations: object }>(
    `mutation ($input: SetOperationDurationsInput!) {
      setOperationDurations(input: $input) { ... on Error { message } }
    }`,
    { input: { durations } },
  )
  accepted(setOperationDurations)
}

/** Not regrouped: a chain is to stay a chain, and no peer regroups. */
export async function submit(api: Api, requestId: string, source: string): Promise<void> {
  const { submitExpression } = await api.run<{ submitExpression: object }>(
    `mutation ($input: SubmitExpressionInput!) {
      submitExpression(input: $input) { ... on Expression { status } ... on Error { message } }
    }`,
    { input: { source, requestId, regroup: false } },
  )
  accepted(submitExpression)
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
