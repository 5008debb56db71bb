import { findWhatMayFail } from '../../../src/domain/plan/may-fail.ts'
import { spanOf, type Plan } from '../../../src/domain/plan/plan.ts'
import { Failing } from '../../../src/domain/tasks/failing.ts'
import { TaskGraph, type LoggedResult } from '../../../src/domain/tasks/task-graph.ts'
import { compute } from '../../domain/support/evaluate-plan.ts'
import { isTooLong } from '../../domain/support/program.ts'
import { fromText, toText } from '../../domain/support/rational.ts'

export interface FaultRun {
  readonly plan: Plan
  readonly maxDigits: number
  /** Chooses what is computed next, of so many. */
  readonly choose: (count: number) => number
  /** Whether the owner is lost now. */
  readonly crashes: () => boolean
}

/** How a run ended: with the position of the operation that is told, or with none. */
export interface RunEnd {
  readonly faultAt: number | null
  readonly result: string | null
  /** How many tasks were computed, those that have no result included. */
  readonly computed: number
}

/** Computes a plan in whatever order, each result in the log at once, until its expression ends. */
export function runToItsEnd({ plan, maxDigits, choose, crashes }: FaultRun): RunEnd {
  const mayFail = findWhatMayFail(plan, maxDigits)
  const log: LoggedResult[] = []
  let graph = new TaskGraph(plan, log, 0)
  let failing: Failing | null = null
  for (let computed = 0; ; computed++) {
    if (failing?.isDecided) {
      const { task } = failing.leftmost
      return { faultAt: spanOf(plan.tasks[task]).position, result: null, computed }
    }
    if (graph.isComplete) return { faultAt: null, result: graph.result, computed }
    if (crashes()) {
      graph = new TaskGraph(plan, log, 0)
      failing = null
    }
    const ready = graph.ready().filter((task) => failing?.wants(task) ?? true)
    const task = ready[choose(ready.length)]
    const planned = task === undefined ? undefined : plan.tasks[task]
    if (task === undefined || planned === undefined) throw new Error('nothing is left to compute, and nothing is told')
    const value = compute(planned.operation, graph.operands(task).map(fromText))
    if (value !== null && !isTooLong(value, maxDigits)) {
      const result = {
        task,
        value: toText(value),
        agentId: 'agent',
        attempt: 1,
        startedAt: computed,
        finishedAt: computed,
      }
      graph.replay(result)
      log.push(result)
      continue
    }
    if (mayFail[task] !== 1) throw new Error(`task ${task} failed and was certain not to`)
    const times = { elapsedMs: 1, failedAt: computed }
    const fault = { code: 'DIVISION_BY_ZERO', message: '', task, attempt: 1, agentId: 'agent', ...times } as const
    failing ??= new Failing(graph, mayFail, fault)
    failing.note(fault)
  }
}
