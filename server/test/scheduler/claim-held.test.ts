import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import type { SchedulerDeps } from '../../src/scheduler/deps.ts'
import { OwnedExpression } from '../../src/scheduler/owned-expression.ts'
import { claimHeld } from '../../src/scheduler/resume.ts'
import { newSession, type Held } from '../../src/scheduler/session.ts'
import { SchedulerState } from '../../src/scheduler/state.ts'
import { planOf } from '../domain/support/compiling.ts'

test('a task that was borrowed from a lost replica is no longer borrowed once this one has taken its expression over', () => {
  const state = new SchedulerState(systemClock)
  const session = newSession('ada', { tokenId: 'token', sessionId: 'session', name: 'ada', slots: 1 })
  state.sessions.set('ada', session)
  const place = { expressionId: 'e', task: 0, attempt: 1, epoch: 1 }
  const work = { operation: 'ADD', left: '1', right: '2', durationMs: 0, remainingMs: 0 } as const
  const offer = { ...place, ...work, ownerId: 'user' }
  const held = { ...place, agentId: 'ada', ticket: 't' }
  const borrowed: Held = { ...held, owned: null, offer, since: 0, durationMs: 0, overdue: false }
  session.held.set('t', borrowed)
  const plan = planOf('(1+2)*3')
  const taken = { id: 'e', ownerId: 'user', epoch: 2, retryEpoch: 0, plan }
  const owned = new OwnedExpression(taken, [], state.currentDurations, 0)
  // Of all that the scheduler has, this needs what it has in memory.
  claimHeld({ state } as SchedulerDeps, owned)
  // What is borrowed goes to the log past the graph, and the task that waits for it would never be ready.
  expect(session.held.get('t')).toMatchObject({ owned, offer: null })
  expect(owned.graph.task(0).holders).toMatchObject([{ agentId: 'ada', ticket: 't' }])
})
