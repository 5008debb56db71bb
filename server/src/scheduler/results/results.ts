import type { ArithmeticFault } from '../../domain/operation.ts'
import { isWellFormed } from '../../domain/number/number.ts'
import type { Claim } from '../../domain/plausibility/claim.ts'
import type { SubmittedResult, TaskReceipt } from '../../use-cases/scheduler-port.ts'
import type { Appender, Arrived } from './appender.ts'
import type { Attempts } from './attempts.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Faults } from './faults.ts'
import type { ForeignResults } from './foreign-results.ts'
import type { Offences, Refused } from './offences.ts'
import { RefusalLog } from './refusal-log.ts'
import type { Scrutiny } from './scrutiny.ts'
import { operationOf, ownedOf, type Assignment } from '../memory/assignment.ts'
import type { Session } from '../memory/session.ts'
import { readTicket } from '../placing/assignment-book.ts'

interface Parts {
  readonly appender: Appender
  readonly attempts: Attempts
  readonly faults: Faults
  readonly scrutiny: Scrutiny
  readonly offences: Offences
  readonly foreignResults: ForeignResults
}

/** No agent is believed to have worked longer on a task; times beyond are also beyond what the database can tell. */
const maxElapsedMs = 24 * 3_600_000

/** What becomes of a result: a receipt, now or later, or a place in the log. */
type Received = TaskReceipt | Promise<TaskReceipt> | Arrived

const isArrived = (received: Received): received is Arrived =>
  typeof received === 'object' && 'expressionId' in received
const isPromised = (received: Received): received is Promise<TaskReceipt> => received instanceof Promise

/** A fault of arithmetic is a right answer too. */
const isDone = (result: SubmittedResult | undefined): boolean =>
  result?.outcome.kind === 'value' || result?.outcome.code !== 'AGENT_ERROR'

const believable = (elapsedMs: number): number => Math.round(Math.min(Math.max(0, elapsedMs), maxElapsedMs))

/** What results that came together have in common. */
interface Delivery {
  readonly agentId: string
  /** Undefined where the agent has none here. */
  readonly session: Session | undefined
  /** When they came. */
  readonly now: number
  /** Gathers those that cannot be. */
  readonly refused: Refused[]
}

interface ReturnedError {
  readonly code: ArithmeticFault | 'AGENT_ERROR'
  readonly message: string
  readonly elapsedMs: number
}

/** Takes in what agents return. */
export class Results {
  private readonly deps: SchedulerDeps
  private readonly parts: Parts
  private readonly refusals: RefusalLog

  constructor(deps: SchedulerDeps, parts: Parts) {
    this.deps = deps
    this.parts = parts
    this.refusals = new RefusalLog(deps)
  }

  /** One receipt a result, in their order. */
  async submit(agentId: string, results: readonly SubmittedResult[]): Promise<TaskReceipt[]> {
    const session = this.deps.state.sessions.get(agentId)
    if (session?.hasComputed === 'no') session.hasComputed = 'yes'
    const refused: Refused[] = []
    // Once for all: to read the clock takes as long as to find what a result is of.
    const delivery: Delivery = { agentId, session, now: this.deps.clock.now(), refused }
    const received = results.map((result) => this.receive(delivery, result))
    if (refused.length > 0) received.push(this.parts.offences.note(agentId, refused).then(() => 'REFUSED'))
    this.deps.dispatcher.request()
    // One append and one promise for them all: at twenty thousand results a second a promise each is felt. What is promised besides is
    // heard from here on: a failure while the append waits for the database is this mutation's, and not the process's.
    const [written, promised] = await Promise.all([
      this.parts.appender.add(received.filter(isArrived)),
      Promise.all(received.filter(isPromised)),
    ])
    const [receipts, answers] = [written.values(), promised.values()]
    const given = received.slice(0, results.length).map((one) => {
      if (isArrived(one)) return receipts.next().value ?? 'REFUSED'
      return isPromised(one) ? (answers.next().value ?? 'REFUSED') : one
    })
    let done = 0
    for (const [place, receipt] of given.entries()) {
      this.deps.meter.count('task_results_total', receipt)
      // An agent's own error is counted where the attempt fails.
      if (receipt === 'ACCEPTED' && isDone(results[place])) done++
    }
    if (done > 0) this.deps.state.tallies.count(agentId, 'done', done)
    return given
  }

  private receive({ agentId, session, now, refused }: Delivery, result: SubmittedResult): Received {
    const known = session?.assignments.get(result.ticket)
    const assignment = known ?? readTicket(this.deps, agentId, result.ticket)
    if (assignment === undefined) return this.refuseTicket(agentId)
    // Its slot is free from here on, before the result is on disk.
    const isAssigned = session !== undefined && this.deps.book.remove(session, result.ticket, now)
    if (isAssigned && assignment.startedAt !== null)
      this.deps.state.overhead.note(now - assignment.startedAt - assignment.durationMs)
    const refuse = (fault: string): TaskReceipt => {
      refused.push({ assignment, isAssigned, fault })
      return 'REFUSED'
    }
    const { outcome } = result
    if (outcome.kind === 'value' && !isWellFormed(outcome.value, this.deps.environment.MAX_DIGITS))
      return refuse('Its value is no number within the limit of digits.')
    const owned = ownedOf(assignment)
    if (owned && (owned.isOver || assignment.epoch < owned.retryEpoch)) return 'NOT_NEEDED'
    const fault = this.faultIn(assignment, outcome)
    if (fault !== null) return refuse(fault)
    const elapsedMs = believable(result.elapsedMs)
    if (isAssigned && outcome.kind === 'value')
      this.deps.state.noteRun(assignment, { startedAt: now - elapsedMs, endedAt: now, isLost: false })
    return outcome.kind === 'value'
      ? this.takeValue(assignment, outcome.value, elapsedMs, now)
      : this.takeError(assignment, { ...outcome, elapsedMs }, isAssigned)
  }

  private refuseTicket(agentId: string): TaskReceipt {
    this.refusals.note(agentId)
    return 'REFUSED'
  }

  /** Why a result cannot be that of its task; null where nothing speaks against it, or its operands are not known here. */
  private faultIn(assignment: Assignment, outcome: SubmittedResult['outcome']): string | null {
    const claim = claimOf(outcome)
    const { of, task } = assignment
    if (claim === null || of.kind === 'foreign') return null
    const operation = operationOf(assignment)
    const operands =
      assignment.operands ?? (of.kind === 'offered' ? of.offer.operands : of.owned.graph.knownOperands(task))
    return operation && operands ? this.parts.scrutiny.faultIn({ operation, operands }, claim) : null
  }

  private takeValue(assignment: Assignment, value: string, elapsedMs: number, now: number): Received {
    const { of, task, attempt, expressionId, agentId } = assignment
    const owned = ownedOf(assignment)
    const startedAt = now - elapsedMs
    const operation = operationOf(assignment)
    this.deps.meter.observe('task_duration_seconds', elapsedMs / 1_000, operation)
    const arrived: Arrived = {
      expressionId,
      task,
      attempt,
      agentId,
      value,
      startedAt,
      finishedAt: now,
      owned,
      operation,
    }
    if (of.kind === 'offered') return arrived
    if (owned === null) return this.parts.foreignResults.accept(assignment, arrived)
    const record = owned.graph.task(task)
    if (record.state === 'SUCCEEDED') return 'DUPLICATE'
    // A task that two agents were given is settled by the first; the others may stop.
    if (record.value === null) this.deps.dispatcher.revoke(owned.assigneesOf(task))
    const ready = owned.graph.compute(task, value, agentId, now, startedAt)
    if (ready === 'duplicate') return arrived
    for (const parent of ready) this.deps.dispatcher.enqueue(owned, parent)
    // The attempt shown is the one that brought the result, as in the log: it need not be the last that was made.
    record.attempt = attempt
    // So are its times, after those of its operands.
    const finishedAt = record.finishedAt ?? now
    const began = record.startedAt ?? startedAt
    return { expressionId, task, attempt, agentId, value, startedAt: began, finishedAt, owned, operation }
  }

  private fail(assignment: Assignment, message: string): Promise<void> {
    return this.parts.attempts.fail([{ assignment, outcome: 'AGENT_ERROR', message }])
  }

  private async takeError(
    assignment: Assignment,
    { code, message, elapsedMs }: ReturnedError,
    isAssigned: boolean,
  ): Promise<TaskReceipt> {
    const { of, task, attempt, agentId, expressionId } = assignment
    const fault = code === 'AGENT_ERROR' ? null : { code, task, attempt, agentId }
    const times = { elapsedMs, failedAt: this.deps.clock.now() }
    if (of.kind === 'offered' && isAssigned) {
      // Whoever owns it knows what else may fail. If the word is lost, the task comes back to it, and meets the same fault again.
      if (fault === null) await this.fail(assignment, message)
      else {
        this.deps.announcer.broadcast({ kind: 'faultFound', expressionId, fault: { ...fault, ...times } })
        await this.parts.attempts.release([assignment])
      }
      return 'ACCEPTED'
    }
    const owned = ownedOf(assignment)
    // Whoever owns the expression, or takes it over, gives the task out anew, and meets the same error.
    if (owned === null) await this.parts.attempts.release([assignment])
    if (owned === null || owned.graph.task(task).value !== null || !owned.wants(task)) return 'NOT_NEEDED'
    if (fault !== null) {
      await this.parts.faults.note(owned, { ...fault, ...times })
      return 'ACCEPTED'
    }
    // An assignment that was revoked before has ended for it already, and is not to fail twice.
    if (!isAssigned) return 'NOT_NEEDED'
    await this.fail(assignment, message)
    return 'ACCEPTED'
  }
}

/** An agent's own error says nothing of arithmetic. */
function claimOf(outcome: SubmittedResult['outcome']): Claim | null {
  if (outcome.kind === 'value') return outcome
  return outcome.code === 'AGENT_ERROR' ? null : { kind: 'error', code: outcome.code }
}
