import { expect, test } from 'vitest'
import { startAgentProcess } from '../support/agent-process.ts'
import { ending, setDurations, submit } from '../support/expressions.ts'
import { startWorld } from '../support/world.ts'

interface Timed {
  readonly expression: {
    readonly startedAt: string
    readonly finishedAt: string
    readonly plan: { readonly criticalPathMs: number; readonly totalDurationMs: number }
    readonly tasks: readonly {
      readonly operator: string
      readonly startedAt: string
      readonly finishedAt: string
      readonly agent: { readonly name: string }
    }[]
  }
}

const elapsed = ({ startedAt, finishedAt }: { startedAt: string; finishedAt: string }) =>
  Date.parse(finishedAt) - Date.parse(startedAt)

test('independent sub-expressions are computed in parallel by several agents, each operation for its chosen duration', async () => {
  const { app, admin, agentToken } = await startWorld()
  await Promise.all(['ada', 'bob'].map((name) => startAgentProcess(app, agentToken, admin, { name, slots: 2 })))
  const durations = { ADD: 1_600, MULTIPLY: 800, SUBTRACT: 0 }
  await setDurations(admin, durations)
  const { id } = await submit(admin, '((1+2)*(3+4))-((5+6)*(7+8))')
  expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '-144' } })
  const { expression } = await admin.get<Timed>(
    `query ($id: ID!) {
      expression(id: $id) {
        startedAt finishedAt plan { criticalPathMs totalDurationMs }
        tasks { operator startedAt finishedAt agent { name } }
      }
    }`,
    { id },
  )
  const { criticalPathMs, totalDurationMs } = expression.plan
  expect([criticalPathMs, totalDurationMs]).toEqual([2_400, 8_000])
  // The clocks of agents, server and database round to milliseconds.
  expect(elapsed(expression)).toBeGreaterThan(criticalPathMs - 10)
  // However late each of them is on a busy machine: the four sums are computed at the same time, and so are the two products.
  for (const [operator, count] of [
    ['ADD', 4],
    ['MULTIPLY', 2],
  ] as const) {
    const alike = expression.tasks.filter((task) => task.operator === operator)
    expect(alike).toHaveLength(count)
    const lastStart = Math.max(...alike.map(({ startedAt }) => Date.parse(startedAt)))
    const firstEnd = Math.min(...alike.map(({ finishedAt }) => Date.parse(finishedAt)))
    expect(lastStart).toBeLessThan(firstEnd)
  }
  for (const task of expression.tasks) {
    const durationMs = durations[task.operator as keyof typeof durations]
    expect(elapsed(task)).toBeGreaterThan(durationMs - 10)
  }
  expect(new Set(expression.tasks.map(({ agent }) => agent.name))).toEqual(new Set(['ada', 'bob']))
})
