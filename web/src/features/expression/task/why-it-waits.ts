import { stateOf, type StandingTask } from './task-look.ts'

interface WaitingTask extends StandingTask {
  readonly operands: readonly { readonly task: { readonly index: number } | null; readonly value: object | null }[]
  readonly agent: { readonly name: string } | null
  readonly failedAttempts: readonly { readonly outcome: string }[]
}

/** What a task waits for, in one sentence; null where it does not wait. */
export function whyItWaits(task: WaitingTask): string | null {
  if (stateOf(task) === 'ahead')
    return `Lies at ${task.agent?.name ?? 'its agent'} ahead of its slots, and begins when one is free.`
  if (task.status === 'WAITING') return `Waits for ${listOf(unknownOperands(task))}.`
  if (task.status !== 'READY') return null
  // One that was merely lost is tried again at once.
  const outcome = task.failedAttempts.at(-1)?.outcome
  if (outcome === 'AGENT_ERROR' || outcome === 'REFUSED')
    return 'Its last attempt failed: it is tried again after a pause, when a slot is free.'
  return 'Its operands are known: it waits for a free slot.'
}

const unknownOperands = ({ operands }: WaitingTask): string[] => [
  ...new Set(operands.flatMap(({ task, value }) => (task && !value ? [`#${task.index + 1}`] : []))),
]

const shown = 3

/** `#1`, `#1 and #2`, `#1, #2, #3 and 4 more`. */
function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'its operands'
  const rest = names.length > shown + 1 ? [`${names.length - shown} more`] : []
  const all = rest.length > 0 ? [...names.slice(0, shown), ...rest] : names
  return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}
