import { countsAgainstTask, type AttemptOutcome } from '../../domain/tasks/attempt.ts'
import { spanOf } from '../../domain/plan/plan.ts'
import { retryDelayMs } from '../../domain/tasks/retry.ts'
import type { NewFailedAttempt } from '../../store/expressions/failed-attempts.ts'
import type { Offer } from '../../store/offers/offer.ts'
import type { TaskAttempt } from '../../realtime/cluster-message.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Ending } from './ending.ts'
import { inBackground } from '../../realtime/in-background.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { attemptOf, ownedOf, type Assignment } from '../memory/assignment.ts'
import { groupBy } from '../../lists.ts'

/** An attempt that came to nothing. */
export interface Failed {
  readonly assignment: Assignment
  readonly outcome: AttemptOutcome
  readonly message: string
}

const tallyOf = {
  AGENT_ERROR: 'failed',
  REFUSED: 'failed',
  AGENT_LOST: 'lost',
  OVERDUE: 'lost',
} as const satisfies Record<AttemptOutcome, string>

interface LastAttempt extends Pick<Assignment, 'task' | 'attempt' | 'agentId'> {
  readonly message: string
  readonly elapsedMs: number
}

/** Attempts that failed are kept, and their tasks tried again until their attempts are spent. */
export class Attempts {
  /** On their way to the database. */
  private readonly recording = new Set<Promise<void>>()
  private readonly deps: SchedulerDeps
  private readonly ending: Ending

  constructor(deps: SchedulerDeps, ending: Ending) {
    this.deps = deps
    this.ending = ending
  }

  /** Takes tasks from their agent and gives them out again: at once, but for an agent's error, which waits. Resolves when kept. */
  async fail(failed: readonly Failed[]): Promise<void> {
    const { clock, environment } = this.deps
    const now = clock.now()
    const spent: Failed[] = []
    for (const attempt of failed) {
      const { assignment, outcome } = attempt
      this.deps.meter.count('task_attempts_failed_total', outcome)
      this.deps.state.tallies.count(assignment.agentId, tallyOf[outcome])
      const owned = ownedOf(assignment)
      const { startedAt } = assignment
      if (startedAt !== null) this.deps.state.noteRun(assignment, { startedAt, endedAt: now, isLost: true })
      if (!owned || owned.isOver) continue
      const { alone } = assignment
      const counts = countsAgainstTask(outcome)
      const failures = counts ? owned.noteFailure(assignment.task, assignment.attempt, { outcome, alone }) : 0
      const ready = owned.graph.unassign(assignment.task, assignment.ticket)
      if (counts && owned.isSpent(assignment.task, environment.MAX_ATTEMPTS)) spent.push(attempt)
      else if (ready) this.tryAgain(owned, assignment.task, outcome === 'AGENT_ERROR' ? failures : 0)
    }
    this.deps.tracer?.attemptsFailed(failed)
    const rows = failed.map(({ assignment, outcome, message }) => ({
      expressionId: assignment.expressionId,
      task: assignment.task,
      attempt: assignment.attempt,
      agentId: assignment.agentId,
      outcome,
      alone: assignment.alone,
      message,
      epoch: assignment.epoch,
      startedAgoMs: Math.max(0, now - (assignment.startedAt ?? assignment.since)),
    }))
    if (rows.length > 0) await this.record(rows)
    await this.release(failed.map(({ assignment }) => assignment))
    // The history of an expression that fails is to be whole: an earlier attempt may still wait for the database.
    if (spent.length > 0) await Promise.all(this.recording)
    for (const { assignment, message } of spent)
      await this.giveUp(ownedOf(assignment), { ...assignment, message, elapsedMs: now - assignment.since })
    this.announce(failed.map(({ assignment }) => assignment))
  }

  private async record(rows: readonly NewFailedAttempt[]): Promise<void> {
    const recorded = this.deps.persistent.log.recordFailedAttempts(rows)
    this.recording.add(recorded)
    try {
      await recorded
    } finally {
      this.recording.delete(recorded)
    }
  }

  /** Gives tasks back that their agent did not fail at: it was told to go, or never began. */
  handBack(returned: readonly Assignment[]): void {
    for (const assignment of returned) {
      const { task, ticket } = assignment
      const owned = ownedOf(assignment)
      if (owned && !owned.isOver && owned.graph.unassign(task, ticket)) this.deps.dispatcher.enqueue(owned, task)
    }
    if (returned.length > 0) this.deps.logger.debug({ tickets: returned.map(({ ticket }) => ticket) }, 'handed back')
    this.announce(returned)
    inBackground(this.deps.logger, 'release tasks', () => this.release(returned))
  }

  /** Tasks of which other replicas own the expressions go back to them. */
  async release(assignments: readonly Assignment[]): Promise<void> {
    this.announceReleased(assignments.filter(({ of }) => of.kind === 'foreign'))
    await this.returnOffers(assignments.flatMap(({ of }) => (of.kind === 'offered' ? [of.offer] : [])))
  }

  /** Offered tasks go back to their owners. */
  async returnOffers(offers: readonly Offer[]): Promise<void> {
    if (offers.length === 0) return
    await this.deps.persistent.offers.remove(offers)
    this.announceReleased(offers)
  }

  /** Whatever a claim had taken goes back to its owners. */
  async returnClaim(claimId: string): Promise<void> {
    this.announceReleased(await this.deps.persistent.offers.removeClaim(claimId))
  }

  private announceReleased(released: readonly (TaskAttempt & { readonly expressionId: string })[]): void {
    for (const [expressionId, some] of groupBy(released, (one) => one.expressionId))
      this.deps.announcer.broadcast({ kind: 'released', expressionId, tasks: some.map(attemptOf) })
  }

  /** Takes note of attempts that failed at agents of other replicas. An expression whose attempts are spent fails. */
  async noteElsewhere(owned: OwnedExpression): Promise<void> {
    const { environment, persistent } = this.deps
    const stored = await persistent.log.failedAttempts([owned.id])
    const counted = stored.filter(({ epoch, outcome }) => epoch >= owned.retryEpoch && countsAgainstTask(outcome))
    for (const failure of counted) owned.noteFailure(failure.task, failure.attempt, failure)
    // What fails here and is still being written ends its expression itself, once all of it can be told.
    const isWhole = (task: number) => counted.filter((one) => one.task === task).length === owned.failuresOf(task)
    const last = counted.findLast(
      ({ task }) => owned.wants(task) && owned.isSpent(task, environment.MAX_ATTEMPTS) && isWhole(task),
    )
    if (last === undefined) return
    await this.giveUp(owned, { ...last, elapsedMs: last.endedAt.getTime() - last.startedAt.getTime() })
  }

  /** The last attempt of a task may have failed just before the replica was lost that had the expression: there is none left. */
  async endIfSpent(owned: OwnedExpression): Promise<void> {
    const { MAX_ATTEMPTS } = this.deps.environment
    if ([...owned.failures.keys()].some((task) => owned.isSpent(task, MAX_ATTEMPTS))) await this.noteElsewhere(owned)
  }

  private tryAgain(owned: OwnedExpression, task: number, failures: number): void {
    const { clock, dispatcher, ids } = this.deps
    if (failures === 0) return dispatcher.enqueue(owned, task)
    const delayMs = retryDelayMs(failures, ids.random())
    owned.noteRetry(task, clock.now() + delayMs)
    clock.after(delayMs, () => {
      owned.forgetRetry(task)
      if (owned.graph.task(task).state === 'READY') dispatcher.enqueue(owned, task)
    })
  }

  private async giveUp(owned: OwnedExpression | null, last: LastAttempt): Promise<void> {
    const { task, attempt, agentId, elapsedMs, message: lastMessage } = last
    const planned = owned?.graph.plan.tasks[task]
    if (!owned || planned === undefined || owned.isOver || !owned.wants(task)) return
    const { log, presence } = this.deps.persistent
    const counted = (await log.failedAttempts([owned.id])).filter(
      (attempt) => attempt.task === task && attempt.epoch >= owned.retryEpoch && countsAgainstTask(attempt.outcome),
    )
    const known = await presence.names(counted.map((attempt) => attempt.agentId))
    const names = [...new Set(counted.map((attempt) => known.get(attempt.agentId) ?? 'an agent that is gone'))]
    const failures = owned.failuresOf(task)
    const message =
      `The operation ${owned.spellingOf(task)} at position ${spanOf(planned).position + 1} failed ` +
      `${failures === 1 ? 'once' : `${failures} times`} (${names.join(', ')}); the last time: ${lastMessage}`
    await this.ending.fail(owned, { code: 'ATTEMPTS_SPENT', message, task, attempt, agentId, elapsedMs })
  }

  private announce(changed: readonly Assignment[]): void {
    for (const [expressionId, some] of groupBy(changed, (one) => one.expressionId))
      this.deps.announcer.announce({ kind: 'tasks', expressionId, tasks: some.map(({ task }) => task) })
  }
}
