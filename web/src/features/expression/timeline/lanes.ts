import type { TaskStatus } from '../../../graphql.ts'
import { t } from '../../../language/t.ts'

/** An agent, and how many slots it has: without that, as many as were ever busy at once. */
export interface LaneAgent {
  readonly id: string
  readonly name: string
  readonly slots?: number
}

/** What a timeline needs of a task. Times are ISO texts. */
export interface TimedTask {
  readonly index: number
  readonly status: TaskStatus
  readonly attempt: number
  readonly operands: readonly { readonly task: { readonly index: number } | null }[]
  readonly agent: LaneAgent | null
  readonly readyAt: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly failedAttempts: readonly {
    readonly number: number
    readonly startedAt: string
    readonly endedAt: string
    readonly agent: LaneAgent | null
  }[]
}

/** Something that an agent did, in milliseconds since 1970. */
export interface Bar {
  readonly task: number
  readonly kind: 'done' | 'running' | 'failed' | 'lost'
  readonly from: number
  /** Null for what is under way. */
  readonly to: number | null
  /** Since when it waited for a slot. */
  readonly readyAt: number
}

/** What one slot of an agent did, one after the other. */
export interface Lane {
  readonly agent: string
  /** Of its agent's, counted from 1. */
  readonly slot: number
  readonly bars: readonly Bar[]
}

/** How many tasks waited for a slot, from a moment to the next. */
export interface Waiting {
  readonly at: number
  readonly count: number
}

export interface Timeline {
  readonly from: number
  /** When the last of it ended; now is later where something is under way. */
  readonly to: number
  readonly lanes: readonly Lane[]
  readonly waiting: readonly Waiting[]
  readonly mostWaiting: number
  /** Tasks that made the expression take as long as it did, each the last operand of the next. */
  readonly criticalPath: ReadonlySet<number>
}

const unknownAgent: LaneAgent = {
  id: '',
  get name() {
    return t('an agent that is gone')
  },
}

/** Clocks differ by a little: what overlaps by less came one after the other. */
const toleranceMs = 3

/** Where everything stands in time. Slots of one agent are alike: a bar is in the first that was free. */
export function layOutTimeline(tasks: readonly TimedTask[]): Timeline {
  const byAgent = new Map<string, { agent: LaneAgent; bars: Bar[] }>()
  const changes: { at: number; by: number }[] = []
  let [from, to] = [Infinity, -Infinity]
  const add = (agent: TimedTask['agent'], bar: Bar) => {
    const { id } = agent ?? unknownAgent
    const known = byAgent.get(id) ?? { agent: agent ?? unknownAgent, bars: [] }
    byAgent.set(id, known)
    known.bars.push(bar)
    from = Math.min(from, bar.readyAt, bar.from)
    to = Math.max(to, bar.from, bar.to ?? bar.from)
    if (bar.from > bar.readyAt) changes.push({ at: bar.readyAt, by: 1 }, { at: bar.from, by: -1 })
  }
  for (const task of tasks) {
    const bars = barsOf(task)
    for (const { agent, bar } of bars) add(agent, bar)
    const isAhead = task.status === 'ASSIGNED' && task.startedAt === null
    if ((task.status !== 'READY' && !isAhead) || task.readyAt === null) continue
    const since = bars.at(-1)?.bar.to ?? Date.parse(task.readyAt)
    from = Math.min(from, since)
    to = Math.max(to, since)
    changes.push({ at: since, by: 1 })
  }
  const lanes = [...byAgent.values()]
    .sort((a, b) => a.agent.name.localeCompare(b.agent.name, 'en', { numeric: true }))
    .flatMap(({ agent, bars }) => lanesOf(agent, bars))
  const waiting = countWaiting(changes)
  const mostWaiting = waiting.reduce((most, { count }) => Math.max(most, count), 0)
  return { from, to, lanes, waiting, mostWaiting, criticalPath: criticalPathOf(tasks) }
}

function barsOf({ index, status, attempt, agent, readyAt, startedAt, finishedAt, failedAttempts }: TimedTask) {
  const bars: { readonly agent: TimedTask['agent']; readonly bar: Bar }[] = []
  let ready = readyAt === null ? null : Date.parse(readyAt)
  const isShown = startedAt !== null && (finishedAt !== null || status === 'ASSIGNED')
  for (const failed of failedAttempts) {
    // The attempt of which its expression failed is also what the task itself tells of.
    if (isShown && failed.number === attempt) continue
    const [from, to] = [Date.parse(failed.startedAt), Date.parse(failed.endedAt)]
    bars.push({
      agent: failed.agent,
      bar: { task: index, kind: 'lost', from, to, readyAt: Math.min(ready ?? from, from) },
    })
    ready = to
  }
  if (!isShown) return bars
  const from = Date.parse(startedAt)
  const to = finishedAt === null ? null : Date.parse(finishedAt)
  const kind = status === 'FAILED' ? 'failed' : to === null ? 'running' : 'done'
  bars.push({ agent, bar: { task: index, kind, from, to, readyAt: Math.min(ready ?? from, from) } })
  return bars
}

/**
 * The times of short tasks are told by batches of results, so that some seem to overlap though they came one after the other: of more than there
 * are slots, one is where it overlaps least.
 */
function lanesOf({ name: agent, slots = Infinity }: LaneAgent, bars: readonly Bar[]): Lane[] {
  const lanes: { bars: Bar[]; freeAt: number }[] = []
  for (const bar of bars.toSorted((a, b) => a.from - b.from)) {
    const isFull = lanes.length >= slots
    const free =
      lanes.find(({ freeAt }) => freeAt <= bar.from + toleranceMs) ??
      (isFull ? lanes.reduce((first, lane) => (lane.freeAt < first.freeAt ? lane : first)) : undefined)
    const lane = free ?? { bars: [], freeAt: 0 }
    if (!free) lanes.push(lane)
    lane.bars.push(bar)
    lane.freeAt = bar.to ?? Infinity
  }
  return lanes.map(({ bars }, place) => ({ agent, slot: place + 1, bars }))
}

function countWaiting(changes: { at: number; by: number }[]): Waiting[] {
  const waiting: { at: number; count: number }[] = []
  let count = 0
  for (const { at, by } of changes.sort((a, b) => a.at - b.at)) {
    count += by
    const last = waiting.at(-1)
    if (last?.at === at) last.count = count
    else waiting.push({ at, count })
  }
  return waiting
}

/** From what finished last back to what had nothing to wait for. */
function criticalPathOf(tasks: readonly TimedTask[]): ReadonlySet<number> {
  const path = new Set<number>()
  const finished = (task: TimedTask | undefined): string => task?.finishedAt ?? ''
  let next = tasks.reduce<TimedTask | undefined>(
    (last, task) => (finished(task) > finished(last) ? task : last),
    undefined,
  )
  while (next && !path.has(next.index)) {
    path.add(next.index)
    next = next.operands
      .flatMap(({ task }) => (task === null ? [] : (tasks[task.index] ?? [])))
      .reduce<TimedTask | undefined>((last, task) => (finished(task) > finished(last) ? task : last), undefined)
  }
  return path
}

/** The bar of a lane at a moment, the last one that began before it; undefined where none was under way. */
export function barAt({ bars }: Lane, at: number, now: number): Bar | undefined {
  const bar = bars[firstAfter(bars, at) - 1]
  return bar && (bar.to ?? now) >= at ? bar : undefined
}

/** The place of the first bar that begins after a moment. */
export function firstAfter(bars: readonly Bar[], at: number): number {
  let [low, high] = [0, bars.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bars[middle]?.from ?? Infinity) <= at) low = middle + 1
    else high = middle
  }
  return low
}
