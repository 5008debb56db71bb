import { describe, expect, test } from 'vitest'
import { overdueAfterMs } from '../../src/domain/tasks/lease.ts'
import { ending, submit, taskThatFailed, tasksOf } from '../support/expressions.ts'
import { createMovableClock } from '../support/movable-clock.ts'
import { startWorld } from '../support/world.ts'

async function startSlowWorld() {
  const clock = createMovableClock()
  const world = await startWorld({ clock })
  return { ...world, passTime: () => clock.advance(overdueAfterMs(1_000) + 1) }
}

describe('a task that is out for too long', () => {
  test('is given to another agent too; if that one is first, the late one may stop', async () => {
    const { admin, openAgent, passTime } = await startSlowWorld()
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2+3')
    const late = await ada.assigned.next()
    const bob = await openAgent({ name: 'bob' })
    passTime()
    const again = await bob.assigned.next()
    expect(await taskThatFailed(admin, id)).toMatchObject({
      status: 'ASSIGNED',
      attempt: 2,
      agent: { name: 'bob' },
      failedAttempts: [{ number: 1, outcome: 'OVERDUE', agent: { name: 'ada' } }],
    })
    expect(await bob.solve(again)).toEqual(['ACCEPTED'])
    expect(await ada.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [late.ticket] })
    expect(await ada.solve(late)).toEqual(['DUPLICATE'])
    await ada.solve(await Promise.race([ada.assigned.next(), bob.assigned.next()]))
    await ending(admin, id)
    expect((await tasksOf(admin, id))[0]).toMatchObject({ attempt: 2, agent: { name: 'bob' } })
  })

  test('still counts when the late agent is first after all, and the other one may stop', async () => {
    const { admin, openAgent, passTime } = await startSlowWorld()
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2')
    const late = await ada.assigned.next()
    const bob = await openAgent({ name: 'bob' })
    passTime()
    const again = await bob.assigned.next()
    expect(await ada.solve(late)).toEqual(['ACCEPTED'])
    expect(await bob.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [again.ticket] })
    expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED' })
    expect((await tasksOf(admin, id))[0]).toMatchObject({ attempt: 1, agent: { name: 'ada' } })
  })

  test('is taken from the late agent when its expression ends', async () => {
    const { admin, openAgent, passTime } = await startSlowWorld()
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2')
    const late = await ada.assigned.next()
    passTime()
    await taskThatFailed(admin, id)
    await admin.get(`mutation ($id: ID!) { cancelExpression(input: { id: $id }) { __typename } }`, { id })
    expect(await ada.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [late.ticket] })
  })

  test('goes to an agent with room, though the late one has more of it', async () => {
    const { admin, openAgent, passTime } = await startSlowWorld()
    const bob = await openAgent({ name: 'bob', slots: 4 })
    await submit(admin, '(1+2)*(3+4)')
    await bob.take(2)
    const ada = await openAgent({ name: 'ada', slots: 100 })
    const { id } = await submit(admin, '5+6')
    expect(await ada.assigned.next()).toMatchObject({ operands: ['5', '6'] })
    passTime()
    expect(await bob.assigned.next()).toMatchObject({ operands: ['5', '6'] })
    expect((await tasksOf(admin, id))[0]).toMatchObject({ agent: { name: 'bob' } })
  })
})
