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
  expect(sum).toMatchObject({ operation: '+', durationMs: 5_000 })
  await setDurations(admin, { ADD: 60, MULTIPLY: 65_535 })
  const { agents } = await admin.get<{ agents: unknown }>('{ agents { assignments { durationMs } } }')
  expect(agents).toEqual([{ assignments: [{ durationMs: 5_000 }] }])
  await agent.solve(sum)
  expect(await agent.assigned.next()).toMatchObject({ operation: '*', durationMs: 65_535 })
  await submit(admin, '4+5')
  expect(await agent.assigned.next()).toMatchObject({ operation: '+', durationMs: 60 })
})

test('functions have durations too, by their names, as operators have', async () => {
  const { admin } = await startWorld()
  await setDurations(admin, { gcd: 7_000, '^': 8_000, ADD: 9_000 })
  interface Shown {
    operations: { name: string; kind: string; durationMs: number }[]
  }
  const { operations } = await admin.get<Shown>('{ operations { name kind durationMs } }')
  expect(operations.filter(({ durationMs }) => durationMs !== 1_000)).toEqual([
    { name: '+', kind: 'ADD', durationMs: 9_000 },
    { name: '^', kind: 'POWER', durationMs: 8_000 },
    { name: 'gcd', kind: 'FUNCTION', durationMs: 7_000 },
  ])
})

test('an operation says what it computes, of how many numbers', async () => {
  const { admin } = await startWorld()
  interface Shown {
    operations: { name: string; minOperands: number; maxOperands: number | null; description: string }[]
  }
  const { operations } = await admin.get<Shown>('{ operations { name minOperands maxOperands description } }')
  const shape = (of: string) => {
    const { minOperands, maxOperands } = operations.find(({ name }) => name === of) ?? {}
    return [minOperands, maxOperands]
  }
  expect([shape('/'), shape('abs'), shape('binomial'), shape('gcd')]).toEqual([
    [2, 2],
    [1, 1],
    [2, 2],
    [1, null],
  ])
  expect(operations.map(({ name }) => name)).toEqual([...builtIns.keys()])
  expect(operations.find(({ name }) => name === 'round')?.description).toContain('half away from zero')
  expect(operations.find(({ name }) => name === 'mod')?.description).toContain('sign of the divisor')
  for (const { description } of operations) expect(description).toMatch(/^[^\n]{10,120}$/)
})

test('tasks and assignments say by name what is computed, and where it stands', async () => {
  const { admin, openAgent } = await startWorld()
  const agent = await openAgent()
  await submit(admin, '10 ** 2')
  await agent.take(1)
  const { agents } = await admin.get<{ agents: unknown }>(
    '{ agents { assignments { operation task { operation spans { position length } } } } }',
  )
  const task = { operation: '^', spans: [{ position: 3, length: 2 }] }
  expect(agents).toEqual([{ assignments: [{ operation: '^', task }] }])
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
