import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TaskGraph, type LoggedResult } from '../../src/domain/tasks/task-graph.ts'
import type { Plan } from '../../src/domain/plan/plan.ts'
import { planOf } from '../domain/support/compiling.ts'
import { evaluatePlan } from '../domain/support/evaluate-plan.ts'
import { write, writtenTree } from '../domain/support/written-tree.ts'
import { GraphRun } from './support/graph-run.ts'

const asWritten = { regroup: false }
const plans = writtenTree(['+', '-', '*']).map((tree) => planOf(write(tree)))
/** (1+2)*(3+4): tasks 0 and 1, then 2 of both. */
const two = planOf('(1+2)*(3+4)', asWritten)
const holder = (ticket: string) => ({ agentId: 'ada', attempt: 1, ticket })
const logged = (task: number, value: string): LoggedResult => ({
  task,
  value,
  agentId: 'ada',
  attempt: 1,
  startedAt: 2,
  finishedAt: 3,
})

describe('a new graph', () => {
  test('has ready what works on numbers alone', () => {
    expect(new TaskGraph(two, [], 7).ready()).toEqual([0, 1])
  })

  test('of a lone number is complete', () => {
    const graph = new TaskGraph(planOf('-7'), [], 0)
    expect([graph.isComplete, graph.result]).toEqual([true, '-7'])
  })
})

describe('compute', () => {
  test('makes the parent ready with the last operand, before any commit', () => {
    const graph = new TaskGraph(two, [], 0)
    expect(graph.compute(0, '3', 'ada', 10)).toEqual([])
    expect(graph.compute(1, '7', 'bob', 20)).toEqual([2])
    expect(graph.operands(2)).toEqual(['3', '7'])
    expect(graph.task(2)).toMatchObject({ state: 'READY', readyAt: 20 })
    expect(graph.succeeded).toBe(0)
  })

  test('takes the first value of a task and no other', () => {
    const graph = new TaskGraph(two, [], 0)
    graph.compute(0, '3', 'ada', 10)
    expect(graph.compute(0, '3', 'bob', 11)).toBe('duplicate')
    graph.commit(0)
    expect(graph.compute(0, '3', 'bob', 12)).toBe('duplicate')
    expect(graph.task(0)).toMatchObject({ value: '3', agentId: 'ada', finishedAt: 10 })
    expect(graph.task(2).waitingFor).toBe(1)
  })

  test('applies the minus before an operand', () => {
    const graph = new TaskGraph(planOf('-(1+2)*4', asWritten), [], 0)
    graph.compute(0, '3', 'ada', 10)
    expect(graph.operands(1)).toEqual(['-3', '4'])
  })
})

describe('a result that several tasks work on', () => {
  /** x = 1+2, then x*x, x-4 and the sum of both: tasks 0 to 3. */
  const operand = (task: number) => ({ task, negated: false })
  const spans = [{ position: 0, length: 1 }]
  const plan: Plan = {
    tasks: [
      { operation: '+', operands: [{ literal: '1' }, { literal: '2' }], spans },
      { operation: '*', operands: [operand(0), operand(0)], spans },
      { operation: '-', operands: [operand(0), { literal: '4' }], spans },
      { operation: '+', operands: [operand(1), operand(2)], spans },
    ],
    root: operand(3),
  }

  test('makes them all ready, each once, also the one that takes it twice', () => {
    const graph = new TaskGraph(plan, [], 0)
    expect(graph.ready()).toEqual([0])
    expect(graph.compute(0, '3', 'ada', 10)).toEqual([1, 2])
    expect([graph.operands(1), graph.operands(2)]).toEqual([
      ['3', '3'],
      ['3', '4'],
    ])
    expect(graph.compute(2, '-1', 'ada', 11)).toEqual([])
    expect(graph.compute(1, '9', 'ada', 12)).toEqual([3])
  })

  test('is shown by all of them from its commit on', () => {
    const graph = new TaskGraph(plan, [], 0)
    graph.compute(0, '3', 'ada', 10)
    const before = [1, 2].map((task) => graph.task(task).revision)
    expect([1, 2].map((task) => graph.operandsAreCommitted(task))).toEqual([false, false])
    graph.commit(0)
    expect([1, 2].map((task) => graph.operandsAreCommitted(task))).toEqual([true, true])
    for (const [place, task] of [1, 2].entries()) expect(graph.task(task).revision).toBeGreaterThan(before[place] ?? 0)
  })

  test('comes from the log for all of them', () => {
    const graph = new TaskGraph(plan, [logged(0, '3'), logged(2, '-1')], 0)
    expect(graph.ready()).toEqual([1])
    expect(graph.compute(1, '9', 'ada', 12)).toEqual([3])
  })
})

describe('commit', () => {
  test('counts a task once', () => {
    const graph = new TaskGraph(two, [], 0)
    graph.compute(0, '3', 'ada', 10)
    graph.commit(0)
    graph.commit(0)
    expect(graph.succeeded).toBe(1)
  })
})

describe('release', () => {
  test('makes a task ready only when nobody else holds it', () => {
    const graph = new TaskGraph(two, [], 0)
    graph.assign(0, holder('first'), 1)
    graph.assign(0, holder('second'), 2)
    expect(graph.unassign(0, 'first')).toBe(false)
    expect(graph.unassign(0, 'first')).toBe(false)
    expect(graph.unassign(0, 'second')).toBe(true)
    expect(graph.unassign(0, 'second')).toBe(false)
  })

  test('is without effect once the value is known', () => {
    const graph = new TaskGraph(two, [], 0)
    graph.assign(0, holder('first'), 1)
    graph.compute(0, '3', 'ada', 2)
    expect(graph.unassign(0, 'first')).toBe(false)
    expect(graph.task(0).state).toBe('COMPUTED')
  })

  test('leaves what waits for an operand waiting, though an agent held it', () => {
    const graph = new TaskGraph(two, [], 0)
    graph.assign(2, holder('from before a crash'), 1)
    expect(graph.unassign(2, 'from before a crash')).toBe(false)
    expect(graph.task(2).state).toBe('WAITING')
  })

  test('gives the next attempt a number of its own', () => {
    const graph = new TaskGraph(two, [], 0)
    graph.assign(0, { ...holder('first'), attempt: graph.nextAttempt(0) }, 1)
    graph.unassign(0, 'first')
    expect(graph.nextAttempt(0)).toBe(2)
    graph.noteAttempt(0, 5)
    expect(graph.nextAttempt(0)).toBe(6)
  })
})

describe('a replay of the log', () => {
  test('that lacks a child of what it holds computes the child and is complete only then', () => {
    const graph = new TaskGraph(two, [logged(2, '21'), logged(1, '7')], 50)
    expect(graph.ready()).toEqual([0])
    expect(graph.result).toBe('21')
    expect(graph.isComplete).toBe(false)
    expect(graph.compute(0, '3', 'ada', 60)).toEqual([])
    graph.commit(0)
    expect([graph.isComplete, graph.succeeded]).toEqual([true, 3])
  })

  test('keeps who computed what and when', () => {
    const graph = new TaskGraph(two, [logged(0, '3')], 1)
    expect(graph.task(0)).toMatchObject({ attempt: 1, agentId: 'ada', readyAt: 1, startedAt: 2, finishedAt: 3 })
  })

  test('goes on from any part of the log in any order, and computes nothing twice', () => {
    const parts = plans.chain((plan) => {
      const whole = new GraphRun(plan)
      whole.finish()
      return fc.record({ plan: fc.constant(plan), part: fc.shuffledSubarray(whole.log) })
    })
    fc.assert(
      fc.property(parts, ({ plan, part }) => {
        const run = new GraphRun(plan)
        run.log.push(...part)
        run.take({ kind: 'crash' })
        expect(run.graph.succeeded).toBe(part.length)
        run.finish()
        expect(run.log.map(({ task }) => task).sort((a, b) => a - b)).toEqual([...plan.tasks.keys()])
        expect([run.graph.isComplete, run.graph.result]).toEqual([true, evaluatePlan(plan)])
      }),
    )
  })
})

test('whatever the order of events, every task succeeds once and the result is right', () => {
  fc.assert(
    fc.property(plans, fc.array(fc.nat(), { maxLength: 200 }), (plan, choices) => {
      const run = new GraphRun(plan)
      const madeReady: number[] = []
      for (const choice of choices) {
        const steps = run.possible()
        const step = steps[choice % steps.length]
        if (step === undefined) break
        const ready = run.take(step)
        if (step.kind !== 'release') madeReady.push(...ready)
      }
      expect(new Set(madeReady).size).toBe(madeReady.length)
      run.finish()
      expect(run.log.map(({ task }) => task).sort((a, b) => a - b)).toEqual([...plan.tasks.keys()])
      expect([run.graph.isComplete, run.graph.result]).toEqual([true, evaluatePlan(plan)])
    }),
  )
})

describe('times', () => {
  const timesOf = ({ tasks }: TaskGraph) =>
    tasks.map(({ readyAt, startedAt, finishedAt }) => [readyAt, startedAt, finishedAt])
  const at = (task: number, startedAt: number, finishedAt: number): LoggedResult => ({
    ...logged(task, '1'),
    startedAt,
    finishedAt,
  })

  test('of a task come after those of its operands, whichever was last', () => {
    const graph = new TaskGraph(two, [], 5)
    graph.compute(0, '3', 'ada', 30, 10)
    graph.compute(1, '7', 'ada', 20, 2)
    graph.compute(2, '21', 'ada', 40, 25)
    expect(timesOf(graph)).toEqual([
      [5, 10, 30],
      [5, 5, 20],
      [30, 30, 40],
    ])
  })

  test('that an earlier version logged, each by the commit of its own, are put in order', () => {
    expect(timesOf(new TaskGraph(two, [at(0, 10, 30), at(1, 10, 50), at(2, 35, 48)], 5))).toEqual([
      [5, 10, 30],
      [5, 10, 50],
      [50, 50, 50],
    ])
  })

  test('are the same however the log came in', () => {
    const log = [at(0, 10, 30), at(1, 12, 50), at(2, 35, 48)]
    const expected = timesOf(new TaskGraph(two, log, 5))
    for (const order of [
      [2, 1, 0],
      [1, 2, 0],
      [0, 2, 1],
    ])
      expect(
        timesOf(
          new TaskGraph(
            two,
            order.map((place) => log[place]!),
            5,
          ),
        ),
      ).toEqual(expected)
  })

  test('are those of the log where another was first', () => {
    const log = [at(0, 10, 30), at(1, 12, 20), at(2, 35, 48)]
    const graph = new TaskGraph(two, [], 5)
    graph.compute(0, '3', 'ada', 34, 11)
    for (const result of log) graph.replay(result)
    expect(timesOf(graph)).toEqual(timesOf(new TaskGraph(two, log, 5)))
  })

  test('reach whatever takes a result by way of others, in a chain of any length', () => {
    const chain = planOf('1' + '+1'.repeat(4_000), asWritten)
    const graph = new TaskGraph(chain, chain.tasks.map((_, task) => at(task, task, task + 1)).slice(1), 0)
    graph.replay(at(0, 9_000, 9_999))
    expect(new Set(graph.tasks.slice(1).map(({ readyAt }) => readyAt))).toEqual(new Set([9_999]))
  })
})
