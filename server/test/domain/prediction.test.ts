import { describe, expect, test } from 'vitest'
import { remainingPathMs } from '../../src/domain/plan/plan-analysis.ts'
import { countTasks } from '../../src/domain/prediction/prediction.ts'
import { Simulation } from '../../src/domain/prediction/simulation.ts'
import { finish } from '../../src/domain/prediction/steps.ts'
import { timeAloneMs } from '../../src/domain/prediction/time-alone.ts'
import type { PendingExpression, Workload } from '../../src/domain/prediction/workload.ts'
import { TaskGraph } from '../../src/domain/tasks/task-graph.ts'
import { planOf } from './support/compiling.ts'

const durations = new Map([['+', 1_000]])

function pending(source: string, wants = (_task: number) => true): PendingExpression {
  const plan = planOf(source)
  return { ownerId: 'ada', graph: new TaskGraph(plan, [], 0), remainingMs: remainingPathMs(plan, durations), wants }
}

const workload = (expression: PendingExpression, rest: Partial<Workload> = {}): Workload => ({
  ...{ freeSlots: 1, occupied: [], ahead: [], retries: [], bulks: [], durations, overheadMs: 0 },
  waiting: expression.graph.ready().map((task) => ({ expression, task })),
  ...rest,
})

const source = '((1+2)+(3+4))+((5+6)+(7+8))'

describe('playing what the scheduler will do', () => {
  test('takes what the plan takes, on slots of its own', () => {
    for (const slots of [1, 2, 3, 9]) {
      const expression = pending(source)
      const { finishInMs } = finish(new Simulation(expression, workload(expression, { freeSlots: slots })).run())!
      expect(finishInMs).toBe(finish(timeAloneMs(expression.graph.plan, durations, slots)))
    }
  })

  test('comes to the same end, whatever results come in while it is played', () => {
    for (let steps = 0; steps < 12; steps++) {
      const expression = pending(source)
      const played = new Simulation(expression, workload(expression)).run()
      for (let left = steps; left > 0; left--) played.next()
      for (const task of expression.graph.ready()) expression.graph.compute(task, '1', 'agent', 1)
      expect(finish(played)).toMatchObject({ finishInMs: 7_000 })
    }
  })

  test('counts a task once that two agents have', () => {
    const expression = pending('(1+2)+(3+4)')
    const of = { expression, task: 0 }
    const occupied = [500, 800].map((remainingMs) => ({ of, remainingMs, freesSlot: true }))
    const waiting = [{ expression, task: 1 }]
    const { finishInMs } = finish(
      new Simulation(expression, workload(expression, { freeSlots: 0, occupied, waiting })).run(),
    )!
    expect(finishInMs).toBe(2_500)
  })

  test('ends with what is wanted still of an expression that is bound to fail', () => {
    const expression = pending('(1+2)+(3+4)', (task) => task === 0)
    const waiting = [{ expression, task: 0 }]
    expect(finish(new Simulation(expression, workload(expression, { waiting })).run())).toMatchObject({
      finishInMs: 1_000,
    })
    const counts = countTasks(expression, { retrying: 0, solitary: 0 })
    expect(counts).toEqual({ assigned: 0, ready: 1, retrying: 0, solitary: 0, waiting: 0 })
  })

  test('ends nowhere without a slot', () => {
    const expression = pending('1+2')
    expect(finish(new Simulation(expression, workload(expression, { freeSlots: 0 })).run())).toBeNull()
  })
})
