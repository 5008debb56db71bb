import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { silentMeter } from '../../src/metering/meter.ts'
import { createAnnouncer, type Announcement } from '../../src/realtime/announcer.ts'
import type { SchedulerDeps } from '../../src/scheduler/placing/deps.ts'
import { AssignmentBook } from '../../src/scheduler/placing/assignment-book.ts'
import { Dispatcher } from '../../src/scheduler/placing/dispatcher.ts'
import { OwnedExpression } from '../../src/scheduler/memory/owned-expression.ts'
import { claimAssignments } from '../../src/scheduler/agents/resume.ts'
import { foreign, type Origin } from '../../src/scheduler/memory/assignment.ts'
import { newSession } from '../../src/scheduler/memory/session.ts'
import { SchedulerState } from '../../src/scheduler/memory/state.ts'
import { Tickets } from '../../src/scheduler/memory/ticket.ts'
import { testEnvironment } from '../support/test-environment.ts'
import { planOf } from '../domain/support/compiling.ts'

/** An agent that has a task of an expression that a replica has just taken over. */
function takeOver(of: Origin) {
  const state = new SchedulerState(systemClock)
  const announcer = createAnnouncer()
  const book = new AssignmentBook({ state, announcer, clock: systemClock })
  const shared = {
    state,
    announcer,
    book,
    meter: silentMeter,
    clock: systemClock,
    tickets: new Tickets('a secret of these tests'),
    environment: testEnvironment(),
  }
  const announced: Announcement[] = []
  const note = (announcement: Announcement) => void announced.push(announcement)
  announcer.connect({ announce: note, broadcast: note })
  const session = newSession('ada', { tokenId: 'token', sessionId: 'session', name: 'ada', slots: 1 })
  state.sessions.set('ada', session)
  const place = { expressionId: 'e', task: 0, attempt: 1, epoch: 1, agentId: 'ada', ticket: 't' }
  session.assignments.set('t', {
    ...place,
    of,
    since: 0,
    startedAt: 0,
    durationMs: 0,
    operation: null,
    operands: null,
    isGone: false,
    overdue: false,
    alone: false,
  })
  const taken = { id: 'e', ownerId: 'user', epoch: 2, retryEpoch: 0, plan: planOf('(1+2)*3') }
  const owned = new OwnedExpression(taken, [], state.currentDurations, 0)
  // Of all that the scheduler has, this needs what it has in memory and whom it tells.
  const claim = () =>
    claimAssignments({ ...shared, dispatcher: new Dispatcher(shared) } as unknown as SchedulerDeps, owned)
  return { session, owned, announced, claim }
}

const place = { expressionId: 'e', task: 0, attempt: 1, epoch: 1 }
const work = { operation: '+', operands: ['1', '2'], durationMs: 0, remainingMs: 0, alone: false } as const

test('a task that was claimed from a lost replica is no longer claimed once this one has taken its expression over', () => {
  const { session, owned, claim } = takeOver({ kind: 'offered', offer: { ...place, ...work, ownerId: 'user' } })
  claim()
  // What is claimed goes to the log past the graph, and the task that waits for it would never be ready.
  expect(session.assignments.get('t')).toMatchObject({ of: { kind: 'owned', owned } })
  expect(owned.graph.task(0).assignees).toMatchObject([{ agentId: 'ada', ticket: 't' }])
})

test('who watches the agents is told what an agent has of an expression that was taken over', async () => {
  const { session, announced, claim } = takeOver(foreign)
  const { revision } = session
  claim()
  await Promise.resolve()
  expect(session.revision).toBeGreaterThan(revision)
  expect(announced).toContainEqual({ kind: 'agentWork', id: 'ada' })
})

test('a task whose result is in the log is taken from its agent when its expression is taken over, and its slot shown free', async () => {
  const { session, owned, announced, claim } = takeOver(foreign)
  const times = { startedAt: 0, finishedAt: 0 }
  owned.graph.replay({ task: 0, value: '3', agentId: 'bob', attempt: 2, ...times })
  claim()
  await Promise.resolve()
  expect(session.assignments.size).toBe(0)
  expect(announced).toContainEqual({ kind: 'agentWork', id: 'ada' })
})
