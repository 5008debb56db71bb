import { formatDuration } from '../../../format/duration.ts'
import { operationTitle } from '../../../format/operation.ts'
import type { Bar, Timeline } from './lanes.ts'

interface Place {
  readonly lane: number
  readonly bar: Bar
}

const endings: Readonly<Record<Bar['kind'], string>> = {
  done: 'took',
  running: 'has been running',
  failed: 'failed after',
  lost: 'ended without a result after',
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
    `#${bar.task + 1} ${title} at ${agent}, slot ${slot}`,
    `began after ${formatDuration(bar.from - from)}`,
    bar.to === null ? endings.running : `${endings[bar.kind]} ${formatDuration(bar.to - bar.from)}`,
  ]
  if (bar.from - bar.readyAt >= 1) parts.push(`had waited ${formatDuration(bar.from - bar.readyAt)} for a slot`)
  if (criticalPath.has(bar.task)) parts.push('on the critical path')
  return `${parts.join(' · ')}.`
}
