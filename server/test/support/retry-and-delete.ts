import type { ApiClient, Subscription } from './api-client.ts'
import { expressionFields, taskFields, type ShownExpression, type ShownTask } from './expressions.ts'
import type { TestAgent } from './test-agent.ts'

/** What a mutation brought: its success, or the failure with its code. */
type Outcome<Success> = Partial<Success> & {
  readonly __typename: string
  readonly code?: string
  readonly message?: string
}

export async function retry(client: ApiClient, id: string): Promise<Outcome<ShownExpression>> {
  const { retryExpression } = await client.get<{ retryExpression: Outcome<ShownExpression> }>(
    `mutation ($id: ID!) {
      retryExpression(input: { id: $id }) {
        __typename
        ... on Expression { ${expressionFields} startedAt finishedAt }
        ... on Error { code message }
        ... on ExpressionNotRetryableError { expression { id status } }
      }
    }`,
    { id },
  )
  return retryExpression
}

export async function remove(client: ApiClient, id: string): Promise<Outcome<{ readonly deletedId: string }>> {
  const { deleteExpression } = await client.get<{ deleteExpression: Outcome<{ readonly deletedId: string }> }>(
    `mutation ($id: ID!) {
      deleteExpression(input: { id: $id }) {
        __typename
        ... on DeleteExpressionPayload { deletedId }
        ... on Error { code message }
      }
    }`,
    { id },
  )
  return deleteExpression
}

/** Fails at the next task that the agent is given, as often as this. Returns the tickets. */
export async function failAtNext(agent: TestAgent, times: number): Promise<string[]> {
  const tickets: string[] = []
  while (tickets.length < times) {
    const { ticket } = await agent.assigned.next()
    tickets.push(ticket)
    await agent.submit({ ticket, error: { code: 'AGENT_ERROR', message: 'out of memory' } })
  }
  return tickets
}

export const watchTasks = (client: ApiClient, id: string): Subscription<{ tasksChanged: ShownTask[] }> =>
  client.watch(`subscription ($id: ID!) { tasksChanged(expressionId: $id) { ${taskFields} } }`, { id })
