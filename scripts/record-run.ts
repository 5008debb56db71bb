/**
 * Records how a server computes an expression, for the page of those who have no account yet: what the page of an expression is told
 * of its tasks, once all is done. An agent that is killed meanwhile is part of it.
 *
 *     npx tsx scripts/record-run.ts http://localhost:4000 PERSONAL_TOKEN '(1+2)*3' > web/src/features/expression/recorded/run.json
 */
import { randomUUID } from 'node:crypto'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

const [address = '', token = '', source = ''] = process.argv.slice(2)

const task = `id version index status operation attempt readyAt startedAt finishedAt
  operands { task { id index } negated value { short: decimal(digits: 12) } }
  result { short: decimal(digits: 12) }
  agent { id name slots }
  spans { position length variables { name value } }
  failedAttempts { number outcome message startedAt endedAt agent { id name slots } }`

async function ask<Data>(query: string, variables: object): Promise<Data> {
  const response = await fetch(new URL('/graphql', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  const answer = (await response.json()) as { data?: Data; errors?: unknown }
  if (!answer.data || answer.errors !== undefined) throw new Error(JSON.stringify(answer))
  return answer.data
}

const submission = `mutation ($input: SubmitExpressionInput!) {
  submitExpression(input: $input) { ... on Expression { id } ... on Error { message } }
}`
const { submitExpression } = await ask<{ submitExpression: { id?: string } }>(submission, {
  input: { source, requestId: randomUUID() },
})
if (submitExpression.id === undefined) throw new Error(JSON.stringify(submitExpression))

const query = `query ($id: ID!) {
  expression(id: $id) {
    source startedAt finishedAt
    result { decimal fraction repeating isDecimalExact }
    tasks { ${task} }
  }
  operations { name durationMs }
}`
interface Run {
  readonly expression: { readonly finishedAt: string | null; readonly tasks: readonly { readonly operation: string }[] }
  readonly operations: readonly { readonly name: string; readonly durationMs: number }[]
}
let run: Run
do {
  await sleep(500)
  run = await ask<Run>(query, { id: submitExpression.id })
} while (run.expression.finishedAt === null)

const used = new Set(run.expression.tasks.map(({ operation }) => operation))
const durations = run.operations.flatMap(({ name, durationMs }) => (used.has(name) ? [[name, durationMs]] : []))
process.stdout.write(`${JSON.stringify({ ...run.expression, durations: Object.fromEntries(durations) })}\n`)
