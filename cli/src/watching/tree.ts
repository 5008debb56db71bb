import type { Glyphs } from '../terminal/glyphs.ts'
import { formatDuration } from '../terminal/duration.ts'
import type { Line, Span, Tone } from '../terminal/line.ts'
import { fitted } from '../terminal/width.ts'
import type { ShownTask, WatchState } from './state.ts'

const valueColumns = 14
/** Deeper than this an indentation tells nothing more. */
const deepest = 24

interface Drawing {
  readonly tasks: WatchState['tasks']
  readonly glyphs: Glyphs
  readonly now: number
  /** Whether what has its result is drawn too, or only counts as a number. */
  readonly showsDone: boolean
  readonly maxLines: number
}

/**
 * The operations from the last to the first, operands below what needs them; null where that takes too many lines. What several need stands below
 * the first of them. What led to a result is not drawn any more.
 */
export function drawTree(drawing: Drawing): Line[] | null {
  const { tasks, glyphs, showsDone, maxLines } = drawing
  const root = Math.max(-1, ...tasks.keys())
  const lines: Line[] = []
  const drawn = new Set<number>()
  // A stack and no recursion: expressions may be nested thousands deep.
  const stack: { index: number; indent: string; branch: string }[] = [{ index: root, indent: '', branch: '' }]
  for (let at = stack.pop(); at; at = stack.pop()) {
    const task = tasks.get(at.index)
    if (!task || drawn.has(at.index)) continue
    drawn.add(at.index)
    lines.push([{ text: at.indent + at.branch, tone: 'quiet' }, ...describeTask(task, drawing)])
    if (lines.length > maxLines) return null
    const below = task.status === 'SUCCEEDED' ? [] : childrenOf(task, tasks, showsDone)
    const { branch } = at
    const indent = at.indent + (branch === '' ? '' : branch === glyphs.lastBranch ? '  ' : glyphs.pipe)
    for (const [place, index] of [...below.entries()].reverse()) {
      const isLast = place === below.length - 1
      stack.push({ index, indent: indent.slice(-2 * deepest), branch: isLast ? glyphs.lastBranch : glyphs.branch })
    }
  }
  return lines
}

const childrenOf = (task: ShownTask, tasks: Drawing['tasks'], showsDone: boolean): number[] => [
  ...new Set(
    task.operands.flatMap(({ task: child }) =>
      child && (showsDone || tasks.get(child.index)?.status !== 'SUCCEEDED') ? [child.index] : [],
    ),
  ),
]

/** What runs, as a list, where there is no room for the tree. */
export function drawRunning(drawing: Drawing): Line[] {
  const { tasks, maxLines } = drawing
  const running = [...tasks.values()].filter(({ isRunning }) => isRunning)
  const shown = running.length > maxLines ? running.slice(0, Math.max(0, maxLines - 1)) : running
  const lines = shown.map((task): Line => describeTask(task, drawing))
  const more = running.length - shown.length
  return more > 0 ? [...lines, [{ text: `${drawing.glyphs.unknown} ${more} more run`, tone: 'quiet' }]] : lines
}

function describeTask(task: ShownTask, { glyphs, now }: Drawing): Span[] {
  const { mark, tone } = markOf(task, glyphs)
  const spans: Span[] = [{ text: `${mark} `, tone }, { text: writeOperation(task, glyphs) }]
  if (task.result) spans.push({ text: ` = ${short(task.result.decimal)}`, tone: 'strong' })
  if (task.isRunning && task.seenRunningAt !== undefined) {
    const elapsed = formatDuration(Math.floor((now - task.seenRunningAt) / 100) * 100)
    spans.push({ text: `  ${task.agent?.name ?? ''}`, tone: 'busy' }, { text: ` ${elapsed}`, tone: 'quiet' })
  } else if (task.status === 'SUCCEEDED' && task.agent) spans.push({ text: `  ${task.agent.name}`, tone: 'quiet' })
  if (task.attempt > 1) spans.push({ text: `  try ${task.attempt}`, tone: 'ready' })
  return spans
}

function markOf({ status, isRunning }: ShownTask, glyphs: Glyphs): { readonly mark: string; readonly tone: Tone } {
  switch (status) {
    case 'SUCCEEDED':
      return { mark: glyphs.done, tone: 'good' }
    case 'ASSIGNED':
      return isRunning ? { mark: glyphs.running, tone: 'busy' } : { mark: glyphs.ready, tone: 'ready' }
    case 'READY':
      return { mark: glyphs.ready, tone: 'ready' }
    case 'FAILED':
      return { mark: glyphs.failed, tone: 'bad' }
    case 'WAITING':
    case 'CANCELLED':
      return { mark: glyphs.waiting, tone: 'quiet' }
    default:
      return status satisfies never
  }
}

/** As people write it: `12 - 18`, `gcd(12, 18)`; what is not known yet is left open. */
function writeOperation({ operation, operands }: ShownTask, glyphs: Glyphs): string {
  const texts = operands.map(({ value, negated }) =>
    value ? short(value.decimal) : `${negated ? '-' : ''}${glyphs.unknown}`,
  )
  if (!/^\w/.test(operation) && texts.length === 2) return `${texts[0]} ${operation} ${texts[1]}`
  const shown = texts.length > 4 ? [...texts.slice(0, 3), `${texts.length - 3} more`] : texts
  return `${operation}(${shown.join(', ')})`
}

const short = (value: string) => fitted(value, valueColumns, '~')
