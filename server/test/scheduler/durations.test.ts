import { expect, test } from 'vitest'
import { builtIns } from '../../src/domain/operation.ts'
import { setDurations, submit } from '../support/expressions.ts'
import { startWorld } from '../support/world.ts'

test('a task takes the duration that stands when it is assigned, and keeps it', async () => {
  const { admin, openAgent } = await startWorld()
  const agent = await openAgent()
  await setDurations(admin, { ADD: 5_000, MULTIPLY: 7_000 })
  await submit(admin, '(1+2)*3')
  const sum = await agent.assigned.next()
  expect(sum).toMatchObject({ operator: 'ADD', durationMs: 5_000 })
  await setDurations(admin, { ADD: 60, MULTIPLY: 65_535 })
  const { agents } = await admin.get<{ agents: unknown }>('{ agents { assignments { durationMs } } }')
  expect(agents).toEqual([{ assignments: [{ durationMs: 5_000 }] }])
  await agent.solve(sum)
  expect(await agent.assigned.next()).toMatchObject({ operator: 'MULTIPLY', durationMs: 65_535 })
  await submit(admin, '4+5')
  expect(await agent.assigned.next()).toMatchObject({ operator: 'ADD', durationMs: 60 })
})

test('whoever watches sees all kinds, then those that changed', async () => {
  const { admin } = await startWorld()
  interface Shown {
    operationsChanged: { kind: string; durationMs: number; version: number }[]
  }
  const { inbox } = admin.watch<Shown>('subscription { operationsChanged { kind durationMs version } }')
  const { operationsChanged: all } = await inbox.next()
  const functions = [...builtIns.values()].filter(({ notation }) => notation === 'function')
  expect(all.map(({ kind }) => kind)).toEqual([
    ...['ADD', 'SUBTRACT', 'MULTIPLY', 'DIVIDE', 'POWER'],
    ...functions.map(() => 'FUNCTION'),
  ])
  await setDurations(admin, { DIVIDE: 0 })
  const { operationsChanged: changed } = await inbox.until(({ operationsChanged: [first] }) => first?.durationMs === 0)
  expect(changed).toEqual([{ kind: 'DIVIDE', durationMs: 0, version: 2 }])
})
