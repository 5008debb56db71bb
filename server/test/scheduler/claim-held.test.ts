import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { createAnnouncer, type Announcement } from '../../src/realtime/announcer.ts'
import type { SchedulerDeps } from '../../src/scheduler/placing/deps.ts'
import { Dispatcher } from '../../src/scheduler/placing/dispatcher.ts'
import { OwnedExpression } from '../../src/scheduler/memory/owned-expression.ts'
import { claimHeld } from '../../src/scheduler/agents/resume.ts'
import { newSession, type Held } from '../../src/scheduler/memory/session.ts'
import { SchedulerState } from '../../src/scheduler/memory/state.ts'
import { Tickets } from '../../src/scheduler/memory/ticket.ts'
import { planOf } from '../domain/support/compiling.ts'

/** An agent that holds a task of an expression that a replica has just taken over. */
function takeOver(foreign: Pick<Held, 'offer'>) {
  const state = new SchedulerState(systemClock)
  const announcer = createAnnouncer()
  const shared = { state, announcer, clock: systemClock, tickets: new Tickets('a secret of these tests') }
  const announced: Announcement[] = []
  const note = (announcement: Announcement) => void announced.push(announcement)
  announcer.connect({ announce: note, broadcast: note })
  const session = newSession('ada', { tokenId: 'token', sessionId: 'session', name: 'ada', slots: 1 })
  state.sessions.set('ada', session)
  const place = { expressionId: 'e', task: 0, attempt: 1, epoch: 1, agentId: 'ada', ticket: 't' }
  session.held.set('t', { ...place, ...foreign, owned: null, since: 0, durationMs: 0, overdue: false })
  const taken = { id: 'e', ownerId: 'user', epoch: 2, retryEpoch: 0, plan: planOf('(1+2)*3') }
  const owned = new OwnedExpression(taken, [], state.currentDurations, 0)
  // Of all that the scheduler has, this needs what it has in memory and whom it tells.
  const claim = () => claimHeld({ ...shared, dispatcher: new Dispatcher(shared) } as unknown as SchedulerDeps, owned)
  return { session, owned, announced, claim }
}

const place = { expressionId: 'e', task: 0, attempt: 1, epoch: 1 }
const work = { operation: 'ADD', left: '1', right: '2', durationMs: 0, remainingMs: 0 } as const

test('a task that was borrowed from a lost replica is no longer borrowed once this one has taken its expression over', () => {
  const { session, owned, claim } = takeOver({ offer: { ...place, ...work, ownerId: 'user' } })
  claim()
  // What is borrowed goes to the log past the graph, and the task that waits for it would never be ready.
  expect(session.held.get('t')).toMatchObject({ owned, offer: null })
  expect(owned.graph.task(0).holders).toMatchObject([{ agentId: 'ada', ticket: 't' }])
})

test('who watches the agents is told what an agent holds of an expression that was taken over', () => {
  const { session, announced, claim } = takeOver({ offer: null })
  const { revision } = session
  claim()
  expect(session.revision).toBeGreaterThan(revision)
  expect(announced).toContainEqual({ kind: 'agentWork', id: 'ada' })
})

test('a task whose result is in the log is taken from its agent when its expression is taken over, and its slot shown free', () => {
  const { session, owned, announced, claim } = takeOver({ offer: null })
  const times = { readyAt: 0, startedAt: 0, finishedAt: 0 }
  owned.graph.replay({ task: 0, value: '3', agentId: 'bob', attempt: 2, ...times })
  claim()
  expect(session.held.size).toBe(0)
  expect(announced).toContainEqual({ kind: 'agentWork', id: 'ada' })
})
