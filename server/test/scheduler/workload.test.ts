import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Simulation } from '../../src/domain/prediction/simulation.ts'
import { finish } from '../../src/domain/prediction/steps.ts'
import { OwnedExpression } from '../../src/scheduler/memory/owned-expression.ts'
import { SchedulerState } from '../../src/scheduler/memory/state.ts'
import { workloadOf } from '../../src/scheduler/memory/workload.ts'
import { planOf, second } from '../domain/support/compiling.ts'
import { idle } from '../support/other-replica.ts'

const now = 1_796_000_000_000
const agent = { agentId: 'bob', sessionId: 'session', ticket: 'ticket' }

/**
 * An expression of two additions and a product, at a replica without agents. Each takes a second, and a millisecond for the way as long as nothing
 * is known of that.
 */
function begin() {
  const state = new SchedulerState(systemClock)
  state.currentDurations = second
  const expression = { id: 'e', ownerId: 'ada', epoch: 1, retryEpoch: 0, plan: planOf('(1+2)*(3+4)') }
  const owned = new OwnedExpression(expression, [], second, now)
  state.own(owned)
  const send = (task: number) => {
    const remote = { owned, expressionId: 'e', task, attempt: 1, epoch: 1, durationMs: 1_000, since: now }
    state.remote.add({ ...remote, at: { kind: 'offered' } })
    return state.remote.find(owned, remote)!
  }
  const foresee = () => finish(new Simulation(owned, workloadOf(state, now + 400, owned)).run())?.finishInMs
  return { state, owned, send, foresee }
}

test('what another replica has claimed comes to its end there, and frees its slot', () => {
  const { state, owned, send, foresee } = begin()
  for (const task of [0, 1]) {
    state.remote.move(send(task), { kind: 'claimed', agent })
    owned.graph.assign(task, { ...agent, attempt: 1 }, now)
  }
  expect(foresee()).toBe(1_602)
})

test('what is on offer goes to slots that are free elsewhere', () => {
  const { state, send, foresee } = begin()
  for (const task of [0, 1]) send(task)
  expect(foresee()).toBeUndefined()
  state.others = [{ ...idle, agents: 1, slots: 2 }]
  expect(foresee()).toBe(2_002)
})
