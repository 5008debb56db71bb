import { expect, test } from 'vitest'
import { ending, setDurations, submit } from '../support/expressions.ts'
import { createAgentToken } from '../support/people.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startWorld } from '../support/world.ts'

test('an agent that is about to leave is given nothing more, and what it has not begun goes to others at once', async () => {
  // An attempt that counts would fail its expression.
  const { admin, openAgent } = await startWorld({ environment: { MAX_ATTEMPTS: '1' } })
  await setDurations(admin, { ADD: 1_000 })
  const leaving = await openAgent({ slots: 2 })
  const sums = await Promise.all(['1+2', '3+4'].map((source) => submit(admin, source)))
  const [begun, unbegun] = await leaving.take(2)
  expect(await leaving.prepareLeaving([begun!])).toEqual({ agentId: leaving.id })

  const other = await openAgent({ slots: 2 })
  const [moved] = await other.take(1)
  expect(moved).toMatchObject({ operation: unbegun!.operation, operands: unbegun!.operands })
  sums.push(await submit(admin, '5+6'))
  const [next] = await other.take(1)
  expect(next).toMatchObject({ operands: ['5', '6'] })

  // What it has begun it may still return, and what was given to another it may not.
  expect(await leaving.solve(begun!)).toEqual(['ACCEPTED'])
  await other.solve(moved!, next!)
  for (const { id } of sums) expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED' })
  await leaving.leave()
  expect(leaving.assigned.size).toBe(0)
})

test('the leaving of an agent of another token is not prepared', async () => {
  const { app, admin, openAgent } = await startWorld()
  const stranger = await TestAgent.open(app, (await createAgentToken(admin)).token)
  const agent = await openAgent()
  expect(await stranger.prepareLeaving([], agent.id)).toMatchObject({ code: 'FORBIDDEN' })
  await submit(admin, '1+2')
  await submit(admin, '3+4')
  await agent.take(1)
})
