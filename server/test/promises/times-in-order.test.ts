import { expect, test } from 'vitest'
import { startAgentProcess } from '../support/agent-process.ts'
import { ending, setDurations, submit } from '../support/expressions.ts'
import { startWorld } from '../support/world.ts'

interface TimedTask {
  readonly index: number
  readonly readyAt: string
  readonly startedAt: string
  readonly finishedAt: string
  readonly operands: readonly { readonly task: { readonly index: number } | null }[]
}

interface Timed {
  readonly expression: { readonly startedAt: string; readonly finishedAt: string; readonly tasks: readonly TimedTask[] }
}

/** Sums of sums, every other one of them small, so that parents start while their neighbours are being written. */
function nested(depth: number, next = counter()): string {
  if (depth === 0) return next()
  return `(${nested(depth - 1, next)}${depth % 2 === 0 ? '+' : '*'}${nested(Math.max(0, depth - 2), next)}+${next()})`
}

/** No number twice: equal operations are computed once. */
function counter(): () => string {
  let count = 0
  return () => String((count += 1))
}

test('no task of an expression starts before its operands have finished, nor outside of its expression', async () => {
  const { app, admin, agentToken } = await startWorld()
  await Promise.all(['ada', 'bob'].map((name) => startAgentProcess(app, agentToken, admin, { name, slots: 8 })))
  await setDurations(admin, { ADD: 3, MULTIPLY: 1 })
  const { id } = await submit(admin, nested(8))
  expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED' })
  const { expression } = await admin.get<Timed>(
    `query ($id: ID!) {
      expression(id: $id) {
        startedAt finishedAt tasks { index readyAt startedAt finishedAt operands { task { index } } }
      }
    }`,
    { id },
  )
  const { tasks } = expression
  expect(tasks.length).toBeGreaterThan(100)
  const finishedAt = new Map(tasks.map((task) => [task.index, task.finishedAt]))
  const wrong = tasks.filter((task) => {
    const known = task.operands.flatMap(({ task: operand }) => (operand ? [finishedAt.get(operand.index) ?? ''] : []))
    const lastKnown = known.toSorted().at(-1) ?? expression.startedAt
    const times = [
      expression.startedAt,
      lastKnown,
      task.readyAt,
      task.startedAt,
      task.finishedAt,
      expression.finishedAt,
    ]
    return task.readyAt !== lastKnown || times.join() !== times.toSorted().join()
  })
  expect(wrong).toEqual([])
})
