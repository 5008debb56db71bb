import type { TaskStatus } from '../../../graphql.ts'

/** What it takes to know how a task stood at a moment. Times are ISO texts. */
export interface ReplayedTask {
  readonly index: number
  readonly status: TaskStatus
  readonly attempt: number
  readonly agent: { readonly id: string; readonly name: string } | null
  readonly readyAt: string | null
  readonly startedAt: string | null
  readonly isRunning: boolean
  readonly finishedAt: string | null
  readonly result: unknown
  readonly operands: readonly { readonly task: { readonly index: number } | null; readonly value: unknown }[]
  readonly failedAttempts: readonly {
    readonly number: number
    readonly startedAt: string
    readonly endedAt: string
    readonly agent: { readonly id: string; readonly name: string } | null
  }[]
}

/** A moment at which a task changes. */
interface Step {
  readonly at: number
  readonly index: number
}

const timeOf = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso))

/**
 * The tasks of an expression as they stood at any moment, from their times in the log. Going on from one moment to another costs what
 * changed between: so 20 000 tasks can be played at the speed of the screen, and while they are still computed.
 */
export class Replay<Task extends ReplayedTask> {
  readonly #endAt: number
  #tasks: readonly Task[] = []
  #steps: readonly Step[] = []
  #parents: readonly (readonly number[])[] = []
  #shown: readonly Task[] = []
  #time = -Infinity
  /** How many of the steps are past. */
  #past = 0

  /** @param endAt when the expression came to its end; what was cancelled with it is shown so from then on */
  constructor(tasks: readonly Task[], endAt = Infinity) {
    this.#endAt = endAt
    this.take(tasks)
  }

  /** More has become known of the tasks. It costs little where most are the very same as before. */
  take(tasks: readonly Task[]): void {
    const news = tasks.filter((task) => task !== this.#tasks[task.index])
    if (news.length === 0) return
    const changed = new Set(news.map(({ index }) => index))
    if (tasks.length !== this.#tasks.length) this.#parents = parentsOf(tasks)
    this.#tasks = tasks
    const kept = this.#steps.filter(({ index }) => !changed.has(index))
    this.#steps = [...kept, ...stepsOf(news, this.#endAt)].sort((a, b) => a.at - b.at)
    this.#past = this.#steps.findLastIndex(({ at }) => at <= this.#time) + 1
    this.#show(changed)
  }

  /** The very same list as before where nothing has changed since. */
  at(time: number): readonly Task[] {
    const before = this.#past
    while ((this.#steps[this.#past]?.at ?? Infinity) <= time) this.#past++
    while ((this.#steps[this.#past - 1]?.at ?? -Infinity) > time) this.#past--
    this.#time = time
    if (this.#past !== before) {
      const between = this.#steps.slice(Math.min(before, this.#past), Math.max(before, this.#past))
      this.#show(new Set(between.map(({ index }) => index)))
    }
    return this.#shown
  }

  #show(changed: ReadonlySet<number>): void {
    const shown = [...this.#shown]
    // The parents of what has changed show its value, or no longer.
    const all = new Set([...changed].flatMap((index) => [index, ...(this.#parents[index] ?? [])]))
    for (const index of all) {
      const task = this.#tasks[index]
      if (task) shown[index] = this.#taskAt(task, this.#time)
    }
    this.#shown = shown
  }

  #taskAt(task: Task, time: number): Task {
    const operands = task.operands.map((operand) =>
      operand.task !== null && !this.#isKnown(operand.task.index, time) ? { ...operand, value: null } : operand,
    )
    return { ...task, operands, ...standingAt(task, time, this.#endAt) }
  }

  #isKnown(index: number, time: number): boolean {
    const finishedAt = timeOf(this.#tasks[index]?.finishedAt ?? null)
    return finishedAt !== null && finishedAt <= time
  }
}

function standingAt(task: ReplayedTask, time: number, endAt: number): Partial<ReplayedTask> {
  const { status, attempt, agent, readyAt, startedAt, isRunning, finishedAt, result } = task
  const isOver = finishedAt === null ? time >= endAt : Date.parse(finishedAt) <= time
  if (isOver) return { status, attempt, agent, readyAt, startedAt, isRunning, finishedAt, result }
  const begun = { finishedAt: null, result: null, readyAt, isRunning: true }
  if (startedAt !== null && Date.parse(startedAt) <= time)
    return { ...begun, status: 'ASSIGNED', attempt, agent, startedAt }
  const under = task.failedAttempts.find(
    (failed) => Date.parse(failed.startedAt) <= time && time < Date.parse(failed.endedAt),
  )
  if (under) {
    const { number, agent, startedAt } = under
    return { ...begun, status: 'ASSIGNED', attempt: number, agent, startedAt }
  }
  const tried = task.failedAttempts.filter(({ endedAt }) => Date.parse(endedAt) <= time).length
  const waits = { ...begun, isRunning: false, attempt: tried, agent: null, startedAt: null }
  return readyAt !== null && Date.parse(readyAt) <= time
    ? { ...waits, status: 'READY' }
    : { ...waits, status: 'WAITING', readyAt: null }
}

function stepsOf(tasks: readonly ReplayedTask[], endAt: number): Step[] {
  const steps: Step[] = []
  for (const { index, readyAt, startedAt, finishedAt, failedAttempts } of tasks) {
    const add = (at: number | null) => at !== null && Number.isFinite(at) && steps.push({ at, index })
    for (const iso of [readyAt, startedAt]) add(timeOf(iso))
    add(timeOf(finishedAt) ?? endAt)
    for (const { startedAt, endedAt } of failedAttempts) for (const iso of [startedAt, endedAt]) add(timeOf(iso))
  }
  return steps
}

function parentsOf(tasks: readonly ReplayedTask[]): number[][] {
  const parents = tasks.map((): number[] => [])
  for (const { index, operands } of tasks)
    for (const { task } of operands) if (task !== null) parents[task.index]?.push(index)
  return parents
}
