import TinyQueue from 'tinyqueue'
import { durationOf, type OperationDurations } from '../operation.ts'
import { remainingPathMs } from '../plan/plan-analysis.ts'
import type { Plan } from '../plan/plan.ts'
import type { Steps } from './steps.ts'

/**
 * How long a plan takes on so many slots that do nothing else, the longest remaining path first, in milliseconds.
 * @param isKnown tasks whose results are there already
 */
export function* timeAloneMs(
  plan: Plan,
  durations: OperationDurations,
  slots: number,
  isKnown: (task: number) => boolean = () => false,
): Steps<number> {
  const remaining = remainingPathMs(plan, durations)
  yield
  const { waitingFor, parents } = yield* dependencies(plan, isKnown)
  const ready = new TinyQueue<number>([], (a, b) => (remaining[b] ?? 0) - (remaining[a] ?? 0) || a - b)
  for (const task of plan.tasks.keys()) {
    if (waitingFor[task] !== 0 || isKnown(task)) continue
    ready.push(task)
    yield
  }
  const running = new TinyQueue<{ readonly task: number; readonly endsAt: number }>([], (a, b) => a.endsAt - b.endsAt)
  for (let now = 0; ;) {
    while (running.length < slots) {
      const task = ready.pop()
      if (task === undefined) break
      running.push({ task, endsAt: now + durationOf(durations, plan.tasks[task]?.operation ?? '') })
      yield
    }
    const ended = running.pop()
    if (ended === undefined) return now
    now = ended.endsAt
    for (const parent of parents[ended.task] ?? []) {
      const left = (waitingFor[parent] ?? 0) - 1
      waitingFor[parent] = left
      if (left === 0 && !isKnown(parent)) ready.push(parent)
    }
    yield
  }
}

function* dependencies({ tasks }: Plan, isKnown: (task: number) => boolean) {
  const waitingFor = new Int32Array(tasks.length)
  const parents: number[][] = []
  for (const [task, { operands }] of tasks.entries()) {
    parents.push([])
    for (const operand of operands)
      if ('task' in operand && !isKnown(operand.task)) {
        parents[operand.task]?.push(task)
        waitingFor[task] = (waitingFor[task] ?? 0) + 1
      }
    yield
  }
  return { waitingFor, parents }
}
