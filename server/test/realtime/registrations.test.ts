import { expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { createAnnouncer } from '../../src/realtime/announcer.ts'
import { type Watchable } from '../../src/realtime/local-signal.ts'
import { Registrations } from '../../src/realtime/feed/registrations.ts'
import { idle } from '../support/other-replica.ts'

function registering(others: number) {
  const announcer = createAnnouncer()
  const state = { othersStats: () => Array.from({ length: others }, () => idle) }
  const announced: string[] = []
  announcer.on('watched', ({ what, id }) => announced.push(`${what} ${id}`))
  const late: { readonly id: string; readonly forMs: number }[] = []
  const onLate = (id: string, forMs: number) => void late.push({ id, forMs })
  const registrations = new Registrations('tasks', { announcer, state, clock: systemClock, onLate })
  const hear = (replicaId: string, what: Watchable = 'tasks') =>
    announcer.signal({ kind: 'watchAcknowledged', replicaId, what, ids: ['one'] })
  return { registrations, announced, late, hear }
}

it('waits for nobody where nobody else is', () => {
  const { registrations, announced } = registering(0)
  expect(registrations.register('one')).toBeNull()
  expect(announced).toEqual(['tasks one'])
})

it('waits until all the others have heard, and tells them once', async () => {
  const { registrations, announced, late, hear } = registering(2)
  let isRegistered = false
  const registered = registrations.register('one')!.then(() => (isRegistered = true))
  void registrations.register('one')
  hear('far', 'expressions')
  hear('near')
  await Promise.resolve()
  expect(isRegistered).toBe(false)
  hear('far')
  await registered
  expect(registrations.register('one')).toBeNull()
  expect(announced).toEqual(['tasks one'])
  expect(late).toEqual([])
})

it('does not wait for one that is silent, and looks for what it kept for itself when it hears at last', async () => {
  const { registrations, late, hear } = registering(2)
  const registered = registrations.register('one')
  hear('near')
  await registered
  expect(late).toEqual([])
  hear('far')
  expect(late).toEqual([{ id: 'one', forMs: expect.any(Number) as number }])
  expect(late[0]?.forMs).toBeGreaterThan(200)
})

it('looks once more where one had forgotten', async () => {
  const { registrations, late, hear } = registering(1)
  const registered = registrations.register('one')
  hear('near')
  await registered
  expect(late).toEqual([])
  hear('near')
  expect(late).toEqual([{ id: 'one', forMs: 0 }])
})

it('ends with the last watcher, and begins anew with the next', async () => {
  const { registrations, announced, late, hear } = registering(1)
  const registered = registrations.register('one')
  registrations.end('one')
  await registered
  hear('near')
  expect(late).toEqual([])
  expect(registrations.register('one')).not.toBeNull()
  expect(announced).toHaveLength(2)
})
