import { perLanguage } from '../../../language/per-language.ts'
import { t } from '../../../language/t.ts'
import { stateOf, type StandingTask } from './task-look.ts'

interface WaitingTask extends StandingTask {
  readonly operands: readonly { readonly task: { readonly index: number } | null; readonly value: object | null }[]
  readonly agent: { readonly name: string } | null
  readonly failedAttempts: readonly { readonly outcome: string }[]
}

/** What a task waits for, in one sentence; null where it does not wait. */
export function whyItWaits(task: WaitingTask): string | null {
  if (stateOf(task) === 'ahead')
    return task.agent
      ? t('Lies at {agent} ahead of its slots, and begins when one is free.', { agent: task.agent.name })
      : t('Lies at its agent ahead of its slots, and begins when one is free.')
  if (task.status === 'WAITING') return waitsFor(unknownOperands(task))
  if (task.status !== 'READY') return null
  switch (task.failedAttempts.at(-1)?.outcome) {
    case 'AGENT_ERROR':
    case 'REFUSED':
      return t('Its last attempt failed: it is tried again after a pause, when a slot is free.')
    case 'AGENT_LOST':
    case 'OVERDUE':
      return t(
        'It was lost at its agent: it waits for a free slot, and before the last attempt for an agent that computes nothing else.',
      )
    default:
      return t('Its operands are known: it waits for a free slot.')
  }
}

const unknownOperands = ({ operands }: WaitingTask): string[] => [
  ...new Set(operands.flatMap(({ task, value }) => (task && !value ? [`#${task.index + 1}`] : []))),
]

const shown = 3

const lists = perLanguage((language) => new Intl.ListFormat(language, { type: 'conjunction' }))

/** For `#1`, `#1 and #2`, `#1, #2, #3, and 4 more`. */
function waitsFor(names: readonly string[]): string {
  if (names.length === 0) return t('Waits for its operands.')
  const more = names.length > shown + 1 ? names.length - shown : 0
  const rest = more > 0 ? [t('{count} more', { count: more })] : []
  return t('Waits for {operations}.', { operations: lists().format([...names.slice(0, names.length - more), ...rest]) })
}
