import { formatDuration } from '../../../format/duration.ts'
import { operationTitle } from '../../../format/operation.ts'
import { t } from '../../../language/t.ts'
import type { Bar, Timeline } from './lanes.ts'

interface Place {
  readonly lane: number
  readonly bar: Bar
}

/** A bar in words, for those who look and those who listen. */
export function describeBar(
  { from, lanes, criticalPath }: Timeline,
  { lane, bar }: Place,
  task: { readonly operation: string } | undefined,
): string {
  const { agent = '', slot = 1 } = lanes[lane] ?? {}
  const title = operationTitle(task?.operation ?? '')
  const parts = [
    t('#{number} {operation} at {agent}, slot {slot}', { number: bar.task + 1, operation: title, agent, slot }),
    t('began after {time}', { time: formatDuration(bar.from - from) }),
    endingOf(bar),
  ]
  if (bar.from - bar.readyAt >= 1)
    parts.push(t('had waited {time} for a slot', { time: formatDuration(bar.from - bar.readyAt) }))
  if (criticalPath.has(bar.task)) parts.push(t('on the critical path'))
  return `${parts.join(' · ')}.`
}

function endingOf({ kind, from, to }: Bar): string {
  if (to === null || kind === 'running') return t('has been running')
  const time = formatDuration(to - from)
  switch (kind) {
    case 'done':
      return t('took {time}@@operation', { time })
    case 'failed':
      return t('failed after {time}', { time })
    case 'lost':
      return t('ended without a result after {time}', { time })
    default:
      return kind satisfies never
  }
}
