import { pino } from 'pino'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { silentMeter } from '../../src/metering/meter.ts'
import { createAnnouncer } from '../../src/realtime/announcer.ts'
import { OwnedExpression } from '../../src/scheduler/memory/owned-expression.ts'
import { SchedulerState } from '../../src/scheduler/memory/state.ts'
import { Tickets } from '../../src/scheduler/memory/ticket.ts'
import { AssignmentBook } from '../../src/scheduler/placing/assignment-book.ts'
import type { SchedulerDeps } from '../../src/scheduler/placing/deps.ts'
import { Dispatcher } from '../../src/scheduler/placing/dispatcher.ts'
import { Handoffs } from '../../src/scheduler/remote/handoffs.ts'
import { RemoteWork } from '../../src/scheduler/remote/remote-work.ts'
import { Attempts } from '../../src/scheduler/results/attempts.ts'
import { CatchUp } from '../../src/scheduler/results/catch-up.ts'
import { Ending } from '../../src/scheduler/results/ending.ts'
import { testEnvironment } from '../support/test-environment.ts'
import { planOf } from '../domain/support/compiling.ts'

/** A replica that owns `(1+2)*(3+4)` and has offered its first task, at the second attempt. */
function offerTask() {
  const state = new SchedulerState(systemClock)
  const announcer = createAnnouncer()
  const tickets = new Tickets('a secret of these tests')
  const book = new AssignmentBook({ state, announcer, clock: systemClock })
  const logger = pino({ level: 'silent' })
  const world = { clock: systemClock, meter: silentMeter, logger, environment: testEnvironment() }
  const shared = { ...world, state, announcer, book, tickets }
  const removed: unknown[] = []
  // Of all that the scheduler has, this needs what it has in memory, whom it tells, and where offers stand.
  const persistent = { offers: { remove: (offers: readonly unknown[]) => Promise.resolve(removed.push(...offers)) } }
  const deps = { ...shared, persistent, dispatcher: new Dispatcher(shared) } as unknown as SchedulerDeps
  const ending = new Ending(deps)
  const [attempts, catchUp] = [new Attempts(deps, ending), new CatchUp(deps, ending)]
  const work = new RemoteWork(deps, attempts, catchUp, new Handoffs(deps, attempts, catchUp))
  const plan = planOf('(1+2)*(3+4)')
  const owned = new OwnedExpression(
    { id: 'e', ownerId: 'user', epoch: 1, retryEpoch: 0, plan },
    [],
    state.durations(),
    0,
  )
  state.own(owned)
  const offered = { expressionId: 'e', task: 0, attempt: 2, epoch: 1 }
  const { remote } = state
  remote.add({ ...offered, owned, durationMs: 0, since: 0, at: { kind: 'offered' } })
  const hear = (by: 'offer' | 'session', attempt: number, sessionId = 'session') =>
    work.noteAssigned(owned, {
      ...({ kind: 'assigned', agentId: 'ada', expressionId: 'e' } as const),
      ...{ by, sessionId, tasks: [{ task: 0, attempt, epoch: 1 }] },
    })
  const whereabouts = () => remote.of(owned).map(({ attempt, at: { kind } }) => `${attempt} ${kind}`)
  return { owned, remote, work, removed, offered, hear, whereabouts }
}

test('a claim is counted once, however often it is heard', () => {
  const { owned, remote, hear, whereabouts } = offerTask()
  hear('offer', 2)
  hear('offer', 2)
  expect(whereabouts()).toEqual(['2 claimed'])
  expect(remote).toMatchObject({ offered: 1, claimed: 1 })
  expect(owned.graph.task(0)).toMatchObject({ state: 'ASSIGNED', assignees: [{ agentId: 'ada', attempt: 2 }] })
})

test('late word of a claim that is over does not pass for one of the offer that stands', () => {
  const { owned, hear, whereabouts } = offerTask()
  hear('offer', 1)
  expect(whereabouts()).toEqual(['2 offered'])
  expect(owned.graph.task(0).state).toBe('READY')
})

test('a claimed task that its agent takes to a third replica stands by the session there, and no longer by its offer', async () => {
  const { owned, remote, removed, offered, hear, whereabouts } = offerTask()
  hear('offer', 2)
  hear('session', 2)
  await Promise.resolve()
  expect(whereabouts()).toEqual(['2 handedOff'])
  expect(remote).toMatchObject({ offered: 0, claimed: 0 })
  expect(removed).toMatchObject([offered])
  expect(owned.graph.task(0).assignees).toHaveLength(1)
})

test('a task that an agent has brought along beside its offer is back in line only when both are over', () => {
  const { owned, remote, work, hear, whereabouts } = offerTask()
  hear('session', 1)
  expect(whereabouts()).toEqual(['2 offered', '1 handedOff'])
  const [offer, brought] = remote.of(owned)
  work.requeue(offer!)
  expect(owned.graph.task(0).state).toBe('ASSIGNED')
  work.requeue(brought!)
  expect(owned.graph.task(0).state).toBe('READY')
  expect(remote.all()).toEqual([])
})
