import type { OperationName } from '../../domain/operation.ts'
import type { Appended, NewResult } from '../../store/expressions/append-results.ts'
import { Batcher, sizeByCharacters } from '../../store/batcher.ts'
import type { TaskReceipt } from '../../use-cases/scheduler-port.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import { completionOf, type Ending } from './ending.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { TaskMap } from '../memory/task-map.ts'

/** A result that waits for its place in the log. */
export interface Arrived {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
  readonly agentId: string
  readonly value: string
  /** Milliseconds since the Unix epoch, by the database's clock as this process knows it. */
  readonly startedAt: number
  readonly finishedAt: number
  /** Null for an expression that this replica does not own. */
  readonly owned: OwnedExpression | null
  /** Undefined where the agent has brought the task along from another replica. */
  readonly operation?: OperationName | undefined
}

/** Results that came together. */
interface Submission {
  readonly arrivals: Arrived[]
  receipts: Promise<readonly TaskReceipt[]>
}

/** How many results one append writes, and how many characters, unless more came together. */
const maxResults = 1_000
const maxCharacters = 1_000_000

const sizeOfResult = sizeByCharacters(maxResults, maxCharacters)
const sizeOf = (arrivals: readonly Arrived[]): number => {
  let size = 0
  for (const { value } of arrivals) size += sizeOfResult(value.length)
  return size
}

/** The append loop: one append to the log is under way at a time, and what arrives meanwhile is the next. See docs/decisions/0011. */
export class Appender {
  private readonly batcher: Batcher<readonly Arrived[], readonly TaskReceipt[]>
  /** Submissions on their way, by expression and task, so that no pair stands twice in a batch. */
  private readonly pending = new TaskMap<Submission>()
  private readonly deps: SchedulerDeps
  private readonly ending: Ending

  constructor(deps: SchedulerDeps, ending: Ending) {
    this.deps = deps
    this.ending = ending
    this.batcher = new Batcher((lists) => this.appendLists(lists), maxCharacters, sizeOf)
  }

  /** Resolves once the log holds a result of each of these tasks: this one or an earlier one. One receipt each, in their order. */
  async add(arrivals: readonly Arrived[]): Promise<readonly TaskReceipt[]> {
    const submission: Submission = { arrivals: [], receipts: Promise.resolve([]) }
    const repeats = new Map<Arrived, Submission>()
    for (const arrived of arrivals) {
      const earlier = this.pending.get(arrived)
      if (earlier) repeats.set(arrived, earlier)
      else {
        this.pending.set(arrived, submission)
        submission.arrivals.push(arrived)
      }
    }
    submission.receipts = this.submit(submission.arrivals)
    const receipts = await submission.receipts
    if (repeats.size === 0) return receipts
    const given = new Map(submission.arrivals.map((arrived, place) => [arrived, receipts[place]]))
    for (const [arrived, earlier] of repeats) given.set(arrived, await receiptOfRepeat(arrived, earlier))
    return arrivals.map((arrived) => given.get(arrived) ?? 'REFUSED')
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    while (!this.pending.isEmpty) await this.flush()
  }

  /** Resolves when all is written that waits now. */
  async flush(): Promise<void> {
    await Promise.all([...new Set(this.pending.values())].map(({ receipts }) => receipts))
  }

  private async submit(arrivals: readonly Arrived[]): Promise<readonly TaskReceipt[]> {
    if (arrivals.length === 0) return []
    try {
      return await this.batcher.add(arrivals)
    } catch (error) {
      // One result is at fault, and the others are not to suffer for it.
      if (arrivals.length > 1) return (await Promise.all(arrivals.map((arrived) => this.submit([arrived])))).flat()
      // Memory is ahead of a log that will never take this: loaded anew, the task is given out again.
      for (const { agentId, owned } of arrivals) {
        this.deps.logger.error({ err: error, agent: agentId }, 'the log refused a result')
        if (owned) this.ending.release(owned)
      }
      return ['REFUSED']
    } finally {
      for (const arrived of arrivals) this.pending.delete(arrived)
    }
  }

  private async appendLists(lists: readonly (readonly Arrived[])[]): Promise<(readonly TaskReceipt[])[]> {
    const receipts = await this.append(lists.flat())
    let end = 0
    return lists.map(({ length }) => receipts.slice(end, (end += length)))
  }

  private async append(arrivals: readonly Arrived[]): Promise<TaskReceipt[]> {
    // Results that waited while their expression was let go still count, for whoever owns it now.
    const batch = arrivals.map((arrived) =>
      arrived.owned?.phase === 'released' ? { ...arrived, owned: null } : arrived,
    )
    // Expressions that ended meanwhile want nothing more.
    const wanted = batch.filter(({ owned }) => !owned?.isOver)
    if (wanted.length === 0) return batch.map(() => 'NOT_NEEDED')
    const finishing = findFinishing(wanted)
    const traced = this.deps.tracer?.appending(wanted)
    const appended = await this.write(wanted, finishing)
    traced?.written(appended.duplicates)
    await this.learnWhoWasFirst(wanted.filter((_, place) => appended.duplicates.has(place)))
    this.commit(wanted)
    traced?.announced()
    for (const owned of finishing) this.ending.noteCompleted(owned, appended)
    await this.endDone(wanted)
    const receiptAt = (place: number) => (appended.duplicates.has(place) ? 'DUPLICATE' : 'ACCEPTED')
    if (wanted.length === batch.length) return batch.map((_, place) => receiptAt(place))
    const places = new Map(wanted.map((arrived, place) => [arrived, place]))
    return batch.map((arrived) => {
      const place = places.get(arrived)
      return place === undefined ? 'NOT_NEEDED' : receiptAt(place)
    })
  }

  private async write(wanted: readonly Arrived[], finishing: readonly OwnedExpression[]): Promise<Appended> {
    const completions = finishing.map(completionOf)
    const { meter, persistent } = this.deps
    const rows = wanted.map((arrived): NewResult => ({
      expressionId: arrived.expressionId,
      task: arrived.task,
      value: arrived.value,
      agentId: arrived.agentId,
      attempt: arrived.attempt,
      startedAt: arrived.startedAt,
      finishedAt: arrived.finishedAt,
    }))
    const began = meter.now()
    this.deps.state.resultsInFlight = rows.length
    const appended = await persistent.log.append(rows, completions).finally(() => (this.deps.state.resultsInFlight = 0))
    meter.observe('log_append_seconds', (meter.now() - began) / 1_000)
    meter.observe('log_append_batch_size', rows.length)
    this.countDone(wanted.filter((_, place) => !appended.duplicates.has(place)))
    return appended
  }

  /** Once for each operation of a batch, which has few of them and hundreds of results. */
  private countDone(done: readonly Arrived[]): void {
    const { meter, state } = this.deps
    const counts = new Map<OperationName, number>()
    for (const { operation = 'unknown' } of done) counts.set(operation, (counts.get(operation) ?? 0) + 1)
    for (const [operation, count] of counts) {
      meter.count('tasks_completed_total', operation, count)
      state.flow.noteDone(operation, count)
    }
  }

  /**
   * Others may have written the rest of an expression while this was on its way, or it has failed and this was what could have failed
   * further left: then nobody has ended it yet.
   */
  private async endDone(written: readonly Arrived[]): Promise<void> {
    const done = written.flatMap(({ owned }) => (owned && !owned.isOver && owned.isDone ? [owned] : []))
    for (const owned of done) await this.ending.endIfDone(owned)
  }

  /** The result that is shown is the one that the log holds: who computed it, at which attempt. */
  private async learnWhoWasFirst(duplicates: readonly Arrived[]): Promise<void> {
    for (const { owned, expressionId, task } of duplicates) {
      if (!owned) continue
      const first = await this.deps.persistent.log.results(expressionId, [task])
      for (const result of first) owned.graph.replay(result)
    }
  }

  private commit(wanted: readonly Arrived[]): void {
    const { announcer, state } = this.deps
    const changed = new Map<string, { owned: OwnedExpression | null; tasks: number[] }>()
    for (const { owned, expressionId, task } of wanted) {
      owned?.graph.commit(task)
      const change = changed.get(expressionId) ?? { owned, tasks: [] }
      changed.set(expressionId, change)
      change.tasks.push(task)
      // The parents may show what they are only now that their operand may.
      if (owned) change.tasks.push(...owned.graph.task(task).parents)
    }
    for (const [expressionId, { owned, tasks }] of changed) {
      announcer.announce({ kind: 'tasks', expressionId, tasks })
      // The new owner of an expression that was let go while this was written, which may be here, has yet to hear of it.
      const isOwned = owned !== null && owned.phase !== 'released'
      if (isOwned) {
        // Who ended it meanwhile has changed its row.
        const row = owned.isOver ? undefined : owned.row
        announcer.announce({ kind: 'expression', id: expressionId, ownerId: owned.ownerId, row, isProgress: true })
      } else announcer.broadcast({ kind: 'logWritten', expressionId, tasks })
    }
    state.results.add(wanted.length)
    announcer.signal({ kind: 'stats' })
  }
}

/** Expressions that have all their results once this batch is written. */
function findFinishing(wanted: readonly Arrived[]): OwnedExpression[] {
  const counts = new Map<OwnedExpression, number>()
  for (const { owned, task } of wanted)
    if (owned && owned.graph.task(task).state !== 'SUCCEEDED') counts.set(owned, (counts.get(owned) ?? 0) + 1)
  return [...counts].flatMap(([owned, count]) =>
    owned.graph.succeeded + count === owned.graph.tasks.length ? [owned] : [],
  )
}

/** The receipt of a result whose task was on its way to the log already. */
async function receiptOfRepeat(arrived: Arrived, { arrivals, receipts }: Submission): Promise<TaskReceipt> {
  const { expressionId, task } = arrived
  const place = arrivals.findIndex((first) => first.expressionId === expressionId && first.task === task)
  const receipt = (await receipts)[place] ?? 'REFUSED'
  return receipt === 'ACCEPTED' ? 'DUPLICATE' : receipt
}
