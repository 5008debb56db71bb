import { randomUUID } from 'node:crypto'
import type { ExpressionStatus } from '../../src/generated/prisma/enums.ts'
import type { TaskStatus } from '../../src/domain/tasks/task-view.ts'
import type { ApiClient, Subscription } from './api-client.ts'

/** An expression as `expressionFields` asks for it. */
export interface ShownExpression {
  readonly id: string
  readonly status: ExpressionStatus
  readonly version: number
  readonly result: { readonly fraction: string } | null
  readonly error: ShownFailure | null
  readonly progress: { readonly completed: number; readonly total: number }
}

interface ShownFailure {
  readonly code: string
  readonly message: string
  readonly span: { readonly position: number; readonly length: number }
  readonly task: { readonly index: number } | null
}

export const expressionFields = `
  id status version result { fraction } progress { completed total }
  error { code message span { position length } task { index } }`

/** A task as `taskFields` asks for it. */
export interface ShownTask {
  readonly id: string
  readonly index: number
  readonly status: TaskStatus
  readonly attempt: number
  readonly version: number
  readonly result: { readonly fraction: string } | null
  readonly agent: { readonly name: string } | null
  readonly failedAttempts: readonly {
    readonly number: number
    readonly outcome: string
    readonly message: string
    readonly agent: { readonly name: string } | null
  }[]
}

export const taskFields = `
  id index status attempt version result { fraction } agent { name }
  failedAttempts { number outcome message agent { name } }`

interface Submission {
  readonly requestId?: string
  readonly regroup?: boolean
}

/** Submits what must be accepted. Not regrouped unless told, so that a test knows its tasks. */
export async function submit(client: ApiClient, source: string, options: Submission = {}): Promise<ShownExpression> {
  const { submitExpression: shown } = await client.get<{ submitExpression: ShownExpression & { message?: string } }>(
    `mutation ($input: SubmitExpressionInput!) {
      submitExpression(input: $input) { ... on Expression { ${expressionFields} } ... on Error { message } }
    }`,
    { input: { source, requestId: options.requestId ?? randomUUID(), regroup: options.regroup ?? false } },
  )
  if (shown.message !== undefined) throw new Error(shown.message)
  return shown
}

export function watchExpression(client: ApiClient, id: string): Subscription<{ expressionChanged: ShownExpression }> {
  return client.watch(`subscription ($id: ID!) { expressionChanged(id: $id) { ${expressionFields} } }`, { id })
}

const ends: readonly ExpressionStatus[] = ['SUCCEEDED', 'FAILED', 'CANCELLED']

/** Resolves when an expression has ended, with how it did. */
export async function ending(client: ApiClient, id: string): Promise<ShownExpression> {
  const { inbox, end } = watchExpression(client, id)
  const { expressionChanged } = await inbox.until(({ expressionChanged: { status } }) => ends.includes(status))
  end()
  return expressionChanged
}

export async function tasksOf(client: ApiClient, id: string): Promise<readonly ShownTask[]> {
  const { expression } = await client.get<{ expression: { tasks: ShownTask[] } }>(
    `query ($id: ID!) { expression(id: $id) { tasks { ${taskFields} } } }`,
    { id },
  )
  return expression.tasks
}

/** Resolves when a task of an expression is as wanted. */
export async function taskWhere(
  client: ApiClient,
  expressionId: string,
  fits: (task: ShownTask) => boolean,
): Promise<ShownTask> {
  const { inbox, end } = client.watch<{ tasksChanged: ShownTask[] }>(
    `subscription ($id: ID!) { tasksChanged(expressionId: $id) { ${taskFields} } }`,
    { id: expressionId },
  )
  const { tasksChanged } = await inbox.until(({ tasksChanged: tasks }) => tasks.some(fits))
  end()
  const task = tasksChanged.find(fits)
  if (task === undefined) throw new Error('unreachable')
  return task
}

/** Resolves when a failed attempt at a task is kept, which may be after the task was given to another agent. */
export const taskThatFailed = (client: ApiClient, expressionId: string): Promise<ShownTask> =>
  taskWhere(client, expressionId, ({ failedAttempts }) => failedAttempts.length > 0)

/** Sets durations, as an admin does. */
/** By kind or by name: `{ ADD: 5, gcd: 7 }`. */
export async function setDurations(admin: ApiClient, durations: Readonly<Record<string, number>>): Promise<void> {
  const { setOperationDurations: outcome } = await admin.get<{ setOperationDurations: { message?: string } }>(
    `mutation ($input: SetOperationDurationsInput!) {
      setOperationDurations(input: $input) { ... on Error { message } }
    }`,
    { input: { durations: Object.entries(durations).map(([key, durationMs]) => ({ ...called(key), durationMs })) } },
  )
  if (outcome.message !== undefined) throw new Error(outcome.message)
}

const called = (key: string) => (/^[A-Z]+$/.test(key) ? { kind: key } : { name: key })
