import { showStatus } from '../show/status.ts'
import { formatDuration } from '../terminal/duration.ts'
import { bar, type Glyphs } from '../terminal/glyphs.ts'
import type { Line, Span } from '../terminal/line.ts'
import { printable } from '../terminal/printable.ts'
import { beginning, fitted, padded, textWidth } from '../terminal/width.ts'
import type { AgentView } from './documents.ts'
import type { ShownRun, TopState } from './state.ts'

export interface TopView {
  readonly server: string
  readonly columns: number
  readonly rows: number
  readonly now: number
  readonly glyphs: Glyphs
}

const widestName = 24

/** A cluster, as a screen full of lines. */
export function renderTop(state: TopState, view: TopView): Line[] {
  const head = renderHead(state, view)
  const room = Math.max(2, view.rows - head.length - 3)
  const agents = renderAgents(state, view, Math.ceil(room / 2))
  const runs = renderRuns(state, view, room - agents.length)
  return [...head, [], ...agents, [], ...runs].slice(0, view.rows)
}

function renderHead({ stats, connection }: TopState, { server }: TopView): Line[] {
  const title: Span[] = [
    { text: 'Reckon ', tone: 'strong' },
    { text: printable(server) },
    { text: '   q quits', tone: 'quiet' },
  ]
  if (connection.kind === 'lost')
    return [title, [{ text: `Not connected: ${printable(connection.message)}. Trying again.`, tone: 'bad' }]]
  if (!stats) return [title, [{ text: 'Connecting.', tone: 'quiet' }]]
  const { tasksPerSecond, busySlots, slots, readyTasks, runningExpressions, replicas } = stats
  const figures: readonly (readonly [string, string])[] = [
    [tasksPerSecond.toFixed(1), 'results/s'],
    [`${busySlots}/${slots}`, 'slots busy'],
    [String(readyTasks), 'tasks ready'],
    [String(runningExpressions), 'expressions run'],
    [String(replicas), replicas === 1 ? 'replica' : 'replicas'],
  ]
  return [
    title,
    figures.flatMap(([figure, name]) => [{ text: figure, tone: 'strong' }, { text: ` ${name}   ` }] as const),
  ]
}

/** Each with its slots: those that are busy show what they compute. */
function renderAgents({ agents, runs }: TopState, view: TopView, room: number): Line[] {
  const all = [...agents.values()].sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name))
  if (all.length === 0) return [[{ text: 'No agent is known.', tone: 'ready' }]]
  const shown = all.length > room ? all.slice(0, room - 1) : all
  const names = Math.min(widestName, Math.max(...shown.map(({ name }) => textWidth(printable(name)))))
  const lines = shown.map((agent): Line => {
    const own = runs.filter(({ agentId }) => agentId === agent.id)
    const name = padded(fitted(printable(agent.name), names, view.glyphs.unknown), names)
    const isThere = agent.state !== 'OFFLINE'
    return [
      { text: `${name}  `, tone: isThere ? 'plain' : 'quiet' },
      ...(isThere ? cells(agent, own, view, view.columns - names - 30) : []),
      { text: `  ${isThere ? `${agent.busySlots}/${agent.slots}  ` : ''}`, tone: 'quiet' },
      showStatus(agent.state),
    ]
  })
  return shown.length < all.length ? [...lines, more(all.length - shown.length, 'agents', view)] : lines
}

const order = ({ state }: AgentView) => (state === 'OFFLINE' ? 1 : 0)

function cells({ slots, busySlots }: AgentView, runs: readonly ShownRun[], { glyphs }: TopView, room: number): Span[] {
  if (slots > room) return [{ text: bar(busySlots, slots, Math.max(4, room), glyphs), tone: 'busy' }]
  const busy = runs.slice(0, slots).map(({ operation }) => beginning(operation, 1))
  // What runs is told twice a second, and only of what this server knows.
  const unknown = glyphs.full.repeat(Math.max(0, Math.min(busySlots, slots) - busy.length))
  const free = glyphs.cell.repeat(Math.max(0, slots - Math.max(busySlots, busy.length)))
  return [
    { text: busy.join('') + unknown, tone: 'busy' },
    { text: free, tone: 'quiet' },
  ]
}

/** What runs, the longest first. */
function renderRuns({ runs, agents }: TopState, view: TopView, room: number): Line[] {
  if (runs.length === 0 || room < 2) return [[{ text: 'Nothing runs.', tone: 'quiet' }]]
  const all = [...runs].sort((a, b) => a.startedAt.localeCompare(b.startedAt))
  const shown = all.length > room - 1 ? all.slice(0, Math.max(0, room - 2)) : all
  const title: Line = [
    { text: `${padded('OPERATION', 11)}${padded('RUNS FOR', 10)}${padded('AGENT', 20)}EXPRESSION`, tone: 'quiet' },
  ]
  const lines = shown.map(({ operation, seenAt, agentId, expressionId }): Line => {
    const elapsed = formatDuration(Math.floor((view.now - seenAt) / 100) * 100)
    const agent = fitted(printable(agents.get(agentId)?.name ?? ''), 18, view.glyphs.unknown)
    return [
      { text: padded(operation, 11), tone: 'busy' },
      { text: padded(elapsed, 10) },
      { text: padded(agent, 20) },
      { text: expressionId ?? 'of another user', tone: 'quiet' },
    ]
  })
  return shown.length < all.length ? [title, ...lines, more(all.length - shown.length, 'run', view)] : [title, ...lines]
}

const more = (count: number, what: string, { glyphs }: TopView): Line => [
  { text: `${glyphs.unknown} ${count} more ${what}`, tone: 'quiet' },
]
