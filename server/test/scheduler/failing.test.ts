import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/domain/plan/compile.ts'
import type { Plan } from '../../src/domain/plan/plan.ts'
import { Failing, type TaskFault } from '../../src/domain/tasks/failing.ts'
import { TaskGraph } from '../../src/domain/tasks/task-graph.ts'
import { limits, planOf, second } from '../domain/support/compiling.ts'
import { drawProgram, withHiddenNumbers } from '../domain/support/draw-program.ts'
import { meaningOf, writeProgram } from '../domain/support/program.ts'
import { runToItsEnd } from './support/fault-run.ts'

/** Few enough for random programs to go over them. */
const maxDigits = 6

const firstComeFirst = { choose: () => 0, crashes: () => false }
const lastComeFirst = { choose: (count: number) => count - 1, crashes: () => false }

function compiled(source: string, regroup: boolean): Plan {
  const result = compile(source, { regroup, durations: second, limits: { ...limits, maxDigits } })
  if (result.kind !== 'compiled') throw new Error(`${source} is ${result.kind}`)
  return result.plan
}

describe('of several faults the leftmost is told', () => {
  test.each([true, false])('in whatever order results come, and with crashes between (regroup: %s)', (regroup) => {
    let [failed, succeeded] = [0, 0]
    fc.assert(
      fc.property(fc.gen(), fc.boolean(), (draw, isHidden) => {
        const drawn = drawProgram(draw)
        const program = isHidden ? withHiddenNumbers(drawn) : drawn
        const { value, leftmostFault } = meaningOf(program, maxDigits)
        const run = runToItsEnd({
          plan: compiled(writeProgram(program), regroup),
          maxDigits,
          choose: (count) => draw(fc.nat, { max: Math.max(0, count - 1) }),
          crashes: () => draw(fc.nat, { max: 20 }) === 20,
        })
        expect(run).toMatchObject({ faultAt: leftmostFault, result: leftmostFault === null ? value : null })
        if (leftmostFault === null) succeeded++
        else failed++
      }),
      { numRuns: 2_000 },
    )
    expect(Math.min(failed, succeeded)).toBeGreaterThan(200)
  })

  test('and what is bound to fail from the source is told the same with and without regrouping', () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const source = writeProgram(drawProgram(draw))
        const [with_, without] = [true, false].map((regroup) => {
          const result = compile(source, { regroup, durations: second, limits: { ...limits, maxDigits } })
          return result.kind === 'compiled' ? result.foreseen?.message : result.kind
        })
        expect(with_).toBe(without)
      }),
    )
  })
})

describe('what cannot be told any more is not computed', () => {
  const faulty = '1/(abs(2)-abs(2))'

  test.each([
    ['to the right of the fault', `${faulty} + 1/abs(3) * 4`, 3],
    ['to the left, and certain to have a result', `(1/3 + 2/5*6) + abs(7) + ${faulty}`, 3],
  ])('%s', (_, source, tasks) => {
    const order = source.startsWith('1/(') ? firstComeFirst : lastComeFirst
    expect(runToItsEnd({ plan: planOf(source, { regroup: false }), maxDigits: 1_000, ...order }).computed).toBe(tasks)
  })

  test('but what may fail further left is, with what that needs', () => {
    const plan = planOf(`2^(abs(1)/abs(2)) + ${faulty}`, { regroup: false })
    const { faultAt, computed } = runToItsEnd({ plan, maxDigits: 1_000, ...lastComeFirst })
    expect({ faultAt, computed }).toEqual({ faultAt: 1, computed: 6 })
  })
})

test('of tasks at one place the one of the earlier value is told, also where regrouping has put it behind the other', () => {
  const source = `max(product(k = 1..2, 7^-11000 / (7^11000 * (abs(1) - 1)^(k - 1))), ${sumOf(20)})`
  for (const regroup of [true, false]) {
    const plan = planOf(source, { regroup })
    const valueOf = (task: number) => plan.tasks[task]?.spans[0]?.variables?.[0]?.value
    const divisions = [...plan.tasks.keys()].filter((task) => plan.tasks[task]?.operation === '/')
    expect(divisions.map(valueOf).sort()).toEqual(['1', '2'])
    const faultOf = (value: string): TaskFault => {
      const task = divisions.find((division) => valueOf(division) === value) ?? 0
      const at = { attempt: 1, agentId: 'agent', elapsedMs: 1, failedAt: 1 }
      return { code: 'DIVISION_BY_ZERO', message: '', task, ...at }
    }
    const mayFail = new Uint8Array(plan.tasks.length).fill(1)
    const failing = new Failing(new TaskGraph(plan, [], 0), mayFail, faultOf('2'))
    failing.note(faultOf('2'))
    failing.note(faultOf('1'))
    expect(valueOf(failing.leftmost.task)).toBe('1')
  }
})

const sumOf = (count: number) => Array.from({ length: count }, (_, place) => place + 1).join('+')
