import { randomUUID } from 'node:crypto'
import { compute } from '../../domain/support/evaluate-plan.ts'
import { fromText, toText } from '../../domain/support/rational.ts'
import type { TestAssignment } from '../../support/test-agent.ts'
import type { RawSocket } from './socket.ts'
import type { Stage } from './stage.ts'

/** Agents that are made by hand, so that they may do what no agent of ours does. */

export async function agentToken(stage: Stage): Promise<string> {
  const { createAgentToken } = await stage.admin.get<{ createAgentToken: { token: string } }>(
    `mutation { createAgentToken(input: { name: "probe ${randomUUID()}" }) { ... on CreateAgentTokenPayload { token } } }`,
  )
  return createAgentToken.token
}

const session = `subscription ($input: AgentSessionInput!) {
  agentSession(input: $input) {
    __typename
    ... on AgentSessionOpened { agentId }
    ... on TasksAssigned { assignments { ticket operation operands } }
    ... on Error { code }
  }
}`
const results = `mutation ($input: SubmitTaskResultsInput!) {
  submitTaskResults(input: $input) { __typename ... on SubmitTaskResultsPayload { receipts } ... on Error { code } }
}`

export interface SessionPayload {
  readonly data?: {
    readonly agentSession: {
      readonly __typename: string
      readonly agentId?: string
      readonly assignments?: readonly TestAssignment[]
    }
  } | null
  readonly errors?: unknown
}

export const openingOf = (name: string, slots: number) => ({
  query: session,
  variables: { input: { name, slots, sessionId: randomUUID(), heldTickets: [] } },
})

interface Receipts {
  readonly data?: {
    readonly submitTaskResults: { readonly receipts?: readonly string[]; readonly code?: string }
  } | null
}

export async function hand(socket: RawSocket, input: unknown): Promise<readonly string[]> {
  const message = await socket.answer({ query: results, variables: { input } })
  if (message === null) return [`closed ${socket.closed?.code}`]
  const { data } = message.payload as Receipts
  return data?.submitTaskResults.receipts ?? [data?.submitTaskResults.code ?? 'ERROR']
}

export function valueOf({ operation, operands }: TestAssignment): string {
  const value = compute(operation, operands.map(fromText))
  return value === null ? '0' : toText(value)
}

/** An agent that does its work, by hand. Whether it was let in. */
export async function workOn(socket: RawSocket, name: string, slots: number): Promise<boolean> {
  let agentId: string | undefined
  return new Promise((resolve) => {
    socket.subscribe(openingOf(name, slots), ({ payload }) => {
      const { data } = (payload ?? {}) as SessionPayload
      if (data?.agentSession.__typename !== 'TasksAssigned') {
        agentId = data?.agentSession.agentId
        return resolve(agentId !== undefined)
      }
      const done = (data.agentSession.assignments ?? []).map((task) => ({
        ticket: task.ticket,
        elapsedMs: 1,
        value: valueOf(task),
      }))
      void hand(socket, { agentId, results: done })
    })
    socket.end().then(
      () => resolve(false),
      () => resolve(false),
    )
  })
}
