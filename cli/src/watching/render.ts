import type { WaitReason } from '../graphql.ts'
import { formatDuration } from '../terminal/duration.ts'
import { bar, type Glyphs } from '../terminal/glyphs.ts'
import type { Line, Span } from '../terminal/line.ts'
import { printable } from '../terminal/printable.ts'
import { fitted } from '../terminal/width.ts'
import type { WatchState } from './state.ts'
import { drawRunning, drawTree } from './tree.ts'

export interface View {
  readonly columns: number
  readonly rows: number
  readonly now: number
  readonly glyphs: Glyphs
}

const barColumns = 20

/** An expression that is being computed, as lines of a terminal. */
export function renderWatch(state: WatchState, view: View): Line[] {
  const head = [renderHead(state, view), ...renderTrouble(state)]
  const room = view.rows - head.length - 2
  if (room < 1 || state.tasks.size === 0) return head
  const drawing = { tasks: state.tasks, glyphs: view.glyphs, now: view.now, maxLines: room }
  const body =
    drawTree({ ...drawing, showsDone: true }) ??
    drawTree({ ...drawing, showsDone: false }) ??
    drawRunning({ ...drawing, showsDone: false })
  return [...head, ...body]
}

function renderHead({ expression, tasks, foreseen }: WatchState, { columns, glyphs, now }: View): Line {
  const { completed, total } = expression.progress
  const running = [...tasks.values()].filter(({ isRunning }) => isRunning).length
  const spans: Span[] = [
    { text: bar(completed, total, barColumns, glyphs), tone: 'busy' },
    { text: ` ${completed}/${total}`, tone: 'strong' },
    { text: expression.status === 'QUEUED' ? '  queued' : `  ${running} running` },
  ]
  const restMs = foreseen && foreseen.restMs - (now - foreseen.at)
  if (restMs !== undefined && restMs > 0)
    spans.push({ text: `, about ${formatDuration(Math.ceil(restMs / 100) * 100)} more` })
  const room = columns - 50
  if (room >= 10) spans.push({ text: `  ${fitted(printable(expression.source), room, glyphs.unknown)}`, tone: 'quiet' })
  return spans
}

const waits: Readonly<Partial<Record<WaitReason, string>>> = {
  AGENT_ALONE: 'Waits for an agent for itself, as it was lost with its agents before.',
  NO_AGENTS: 'No agent is connected: nothing is computed until one comes.',
  OTHER_USERS: 'Waits for a slot, which others get first.',
  OWN_EXPRESSIONS: 'Waits for a slot, which other expressions of yours get first.',
  RECOVERY: 'Waits for the agents of a server that was lost.',
  RETRY: 'Waits for the next try of what an agent could not compute.',
  SLOTS: 'Waits for a slot.',
}

/** Why nothing happens, where nothing does. */
function renderTrouble({ connection, prediction, tasks }: WatchState): Line[] {
  if (connection.kind === 'lost')
    return [[{ text: `Not connected: ${printable(connection.message)}. Trying again.`, tone: 'bad' }]]
  const wait = prediction ? waits[prediction.waitsFor] : undefined
  // Of very large ones the tasks are not told one by one.
  const isIdle =
    tasks.size === 0 ? prediction?.assignedTasks === 0 : ![...tasks.values()].some((task) => task.isRunning)
  return wait !== undefined && isIdle ? [[{ text: wait, tone: 'ready' }]] : []
}

/** How it went, in a line for a terminal. */
export function renderEnd({ expression }: WatchState, glyphs: Glyphs): Line {
  const { status, progress, startedAt, createdAt, finishedAt } = expression
  const tookMs = finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt ?? createdAt) : 0
  const operations = `${progress.total} ${progress.total === 1 ? 'operation' : 'operations'}`
  if (status === 'SUCCEEDED')
    return [
      { text: `${glyphs.done} `, tone: 'good' },
      { text: `${operations} in ${formatDuration(tookMs)}`, tone: 'quiet' },
    ]
  return [
    { text: `${glyphs.failed} `, tone: 'bad' },
    { text: `${status.toLowerCase()} after ${progress.completed} of ${operations}`, tone: 'quiet' },
  ]
}
