import { test } from 'vitest'
import { computeLargest } from './large-expression.ts'
import { startWorld } from '../support/world.ts'
import { effortOf } from './turns-monitor.ts'

const tasksChanged = `subscription ($id: ID!) { tasksChanged(expressionId: $id) { id version index status operator span { position length }
 operands { task { id index } negated value { short: decimal(digits: 12) } } result { short: decimal(digits: 12) }
 attempt agent { id name } startedAt finishedAt failedAttempts { number outcome message startedAt endedAt agent { id name } } } }`
const tasksQuery = `query ($id: ID!) { expression(id: $id) { tasks { id version index status operator span { position length }
 operands { task { id index } negated value { short: decimal(digits: 12) } } result { short: decimal(digits: 12) }
 attempt agent { id name } startedAt finishedAt failedAttempts { number outcome message startedAt endedAt agent { id name } } } } }`

test('baseline', { timeout: 600_000 }, async () => {
  const world = await startWorld()
  const id = await computeLargest(world)
  async function measure(name: string, work: () => Promise<unknown>) {
    const { result, cpuMs, longestTurnMs } = await effortOf(work)
    console.log(
      name,
      'cpu ms',
      Math.round(cpuMs),
      'longest turn ms',
      Math.round(longestTurnMs),
      'chars',
      JSON.stringify(result)?.length,
      JSON.stringify(result).slice(0, 100),
    )
  }
  const over = async (query: string) => {
    const response = await fetch(world.app.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.admin.token}` },
      body: JSON.stringify({ query, variables: { id } }),
    })
    return { status: response.status, text: await response.text() }
  }
  for (let i = 0; i < 3; i++) await measure('subscription', () => world.admin.run(tasksChanged, { id }))
  for (let i = 0; i < 3; i++) await measure('query', () => over(tasksQuery))
  await measure('plan', () => over(`query ($id: ID!) { expression(id: $id) { plan { grouped depth } } }`))
  await measure('source', () => over(`query ($id: ID!) { expression(id: $id) { tasks { expression { source } } } }`))
  if (process.env.MORE)
    await measure('plans', () =>
      over(`query ($id: ID!) { expression(id: $id) { tasks { expression { plan { depth } } } } }`),
    )
  for (let i = 0; i < 110; i++)
    await world.admin.run(tasksChanged.replace('$id: ID!', '$id: ID!').replace('tasksChanged', 'tasksChanged'), {
      id: 'x',
    })
})
