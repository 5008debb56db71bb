import { overdueAfterMs } from '../../src/domain/tasks/lease.ts'
import { spanOf } from '../../src/domain/plan/plan.ts'
import { decodePlan } from '../../src/domain/plan/plan-codec.ts'
import type { TaskView } from '../../src/domain/tasks/task-view.ts'
import { Tickets, type TicketClaim } from '../../src/scheduler/memory/ticket.ts'
import type { SubmittedResult, TaskReceipt } from '../../src/use-cases/scheduler-port.ts'
import type { ExpressionRow } from '../model/rows.ts'
import type { Agent } from './agent.ts'
import type { Client } from './client.ts'
import type { Connection } from './connection.ts'
import type { Context } from './context.ts'
import type { Observer } from './observer.ts'
import { ticketSecret, type Replica } from './replica/replica.ts'
import { expressionInStore, tasksInStore } from './replica/watching.ts'

/** A sweep comes every second, and its statements take their time. */
const sweepMs = 3_000

/** The invariants, I1 to I5, held against everything that can be seen. */
export class Checks {
  /** Tasks at two agents at once without visible ground; the attempt of the first must turn out to be recorded. */
  private readonly doubles: { readonly claim: TicketClaim; readonly what: string }[] = []
  /** Tasks of which a result was acknowledged as the first. */
  private readonly accepted = new Set<string>()
  /** The replica that owned an expression, by its id and epoch. */
  private readonly ownerOf = new Map<string, string>()
  private readonly handedBack = new Set<string>()
  /** Tickets of tasks beside which their agents had another. */
  private readonly accompanied = new Set<string>()
  private readonly detachedSince = new Map<string, number>()
  private readonly tickets = new Tickets(ticketSecret)
  private readonly context: Context
  private readonly clients: readonly Client[]
  /** Assignments of tasks that another agent was computing, with good ground or without. */
  assignedTwice = 0

  constructor(context: Context, clients: readonly Client[]) {
    this.context = context
    this.clients = clients
  }

  readonly onHandedBack = (tickets: readonly string[]): void => {
    for (const ticket of tickets) this.handedBack.add(ticket)
  }

  /** I3: whoever is given a task is alone with it, but for agents that were given up. */
  assigned(agents: readonly Agent[], agent: Agent, ticket: string, connection: Connection, sentAt: number): void {
    const claim = agent.agentId === null ? undefined : this.tickets.verify(ticket, agent.agentId)
    if (claim === undefined) return this.context.violated(`I3: ${agent.name} was given a ticket that is not its own`)
    const { expressionId, task, attempt } = claim
    this.context.note(() => `${agent.name} gets task ${task} of ${expressionId.slice(-4)}, attempt ${attempt}`)
    for (const held of agent.tasks.keys()) if (this.isWanted(agent, held)) this.accompanied.add(held).add(ticket)
    for (const other of agents) {
      if (other === agent || other.agentId === null) continue
      for (const held of other.tasks.keys()) {
        const theirs = this.tickets.verify(held, other.agentId)
        if (theirs?.expressionId !== claim.expressionId || theirs.task !== claim.task) continue
        this.assignedTwice++
        if (this.handedBack.has(held) || this.isOutdated(theirs) || !this.isWith(other, connection, sentAt)) continue
        const what = `task ${claim.task} of ${claim.expressionId.slice(-4)} is at ${other.name} and at ${agent.name}`
        this.doubles.push({ claim: theirs, what })
      }
    }
  }

  /** Whether what an agent has is wanted still: it may not have heard yet that it is not. */
  private isWanted(agent: Agent, ticket: string): boolean {
    const claim = this.tickets.verify(ticket, agent.agentId ?? '')
    if (claim === undefined || this.handedBack.has(ticket) || this.isOutdated(claim)) return false
    return this.context.store.expressions.rows.get(claim.expressionId)?.status === 'RUNNING'
  }

  /** I2: what is acknowledged is on disk, and what is turned away is not needed. */
  received(agent: Agent, { ticket, outcome }: SubmittedResult, receipt: TaskReceipt): void {
    const claim = this.tickets.verify(ticket, agent.agentId ?? '')
    this.context.seen.add(outcome.kind === 'value' ? receipt : outcome.code)
    if (claim === undefined || outcome.kind === 'error') return
    const { expressions } = this.context.store
    const { expressionId, task } = claim
    // What was written of it is gone with it.
    if (expressions.deleted.has(expressionId)) return
    const row = expressions.logs.get(expressionId)?.get(task)
    const what = `${receipt} for task ${task} of ${expressionId.slice(-4)}, attempt ${claim.attempt} by ${agent.name}`
    this.context.note(() => what)
    const isUnfinished = expressions.isUnfinished(expressionId, task, claim.epoch)
    const key = `${expressionId}:${task}`
    if (receipt === 'ACCEPTED' && this.accepted.has(key))
      this.context.violated(`I2: ${what}, which has a result already`)
    if (receipt === 'ACCEPTED') this.accepted.add(key)
    if (receipt === 'REFUSED') this.context.violated(`I2: ${what}`)
    // Of what divides by zero somewhere, or has its attempts spent, nothing is needed any more once that is found out.
    // Nor of what the log has: whoever wrote the last result may not be its owner any more, who then ends the expression.
    else if (row !== undefined) return
    else if (receipt !== 'NOT_NEEDED') this.context.violated(`I2: ${what}, which is not in the log`)
    else if (isUnfinished && !this.isDoomed(expressionId) && this.isJudgeable(claim))
      this.context.violated(`I2: ${what}, which is needed`)
  }

  /** I2: under one epoch an expression has one owner, or the epoch would fence nothing. */
  owners(replicas: readonly Replica[]): void {
    for (const { id: replicaId, state } of replicas)
      for (const { id, epoch } of state.owned.values()) {
        const owner = this.ownerOf.get(`${id}:${epoch}`) ?? replicaId
        this.ownerOf.set(`${id}:${epoch}`, owner)
        if (owner !== replicaId) this.context.violated(`I2: ${id.slice(-4)} has two owners under epoch ${epoch}`)
      }
  }

  /**
   * I5: no lease outlives its time and a sweep, no running expression has an owner that is lost.
   * @param calmSince when something was last broken or mended
   */
  leases(replicas: readonly Replica[], calmSince: number): void {
    const { store, loop, environment } = this.context
    const calmMs = loop.now() - calmSince
    if (calmMs < sweepMs) return
    for (const replica of replicas) if (replica.isServing) this.leasesOf(replica)
    if (calmMs < environment.REPLICA_TIMEOUT_MS + sweepMs) return
    for (const { id, status, replicaId } of store.expressions.rows.values())
      if (status === 'RUNNING' && !replicas.some((replica) => replica.id === replicaId))
        this.context.violated(`I5: the owner of ${id.slice(-4)} is lost`)
  }

  private leasesOf({ state, process, now, excused }: Replica): void {
    const { environment } = this.context
    for (const { place, sessionId, name, assignments } of state.sessions.values()) {
      const key = `${process.name} ${sessionId}`
      const since = this.detachedSince.get(key) ?? now()
      if (place.kind === 'here') this.detachedSince.delete(key)
      else this.detachedSince.set(key, since)
      if (place.kind === 'away' && now() - since > environment.SESSION_GRACE_MS + sweepMs)
        this.context.violated(`I5: ${process.name} keeps the session of ${name}`)
      for (const assigned of assignments.values()) {
        const { of, overdue, since, durationMs, task } = assigned
        const isMinded = overdue && !excused.has(assigned)
        if (of.kind === 'owned' && !isMinded && now() - since > overdueAfterMs(durationMs) + sweepMs)
          this.context.violated(`I5: ${name} is late with task ${task}, and nobody minds`)
      }
    }
  }

  /** I1: every submission that was acknowledged has come to its end. I2: the right one. */
  finished(clients: readonly Client[]): void {
    const { environment, store } = this.context
    const { expressions } = store
    for (const { expressionId, source, isCancelled, isDeleted, requestId } of clients) {
      const row = expressions.rows.get(expressionId ?? '')
      if (isDeleted) continue
      if (row === undefined) {
        this.context.violated(`I1: ${requestId} is not in the store`)
        continue
      }
      const what = `${row.id.slice(-4)}, ${source.source}, is ${row.status}`
      const spent = [...expressions.attempts.values()].filter(({ expressionId }) => expressionId === row.id).length
      const failure = row.failure?.code
      this.context.seen.add(failure ?? row.status).add(row.epoch > 1 ? 'taken over' : 'kept')
      if (row.status === 'QUEUED' || row.status === 'RUNNING') this.context.violated(`I1: ${what} still`)
      else if (row.status === 'CANCELLED' && !isCancelled) this.context.violated(`I2: ${what}, and nobody asked for it`)
      else if (row.status === 'SUCCEEDED' && row.result !== source.result)
        this.context.violated(`I2: ${what} with ${row.result}, not ${source.result}`)
      else if (failure === 'DIVISION_BY_ZERO' && source.result !== null)
        this.context.violated(`I2: ${what} by a division by zero that is not there`)
      else if (failure === 'DIVISION_BY_ZERO' && faultOf(row) !== source.faultAt)
        this.context.violated(`I2: ${what} by the one at ${faultOf(row)}, not at ${source.faultAt}`)
      else if (failure === 'ATTEMPTS_SPENT' && spent < environment.MAX_ATTEMPTS)
        this.context.violated(`I3: ${what} after ${spent} attempts that are recorded`)
      if (failure === 'ATTEMPTS_SPENT') this.alone(row)
      for (const { task, value } of expressions.log(row.id))
        if (value !== source.values[task]) this.context.violated(`I2: task ${task} of ${what} is ${value} in its log`)
      if (row.status === 'SUCCEEDED' && expressions.countResults(row.id) !== source.values.length)
        this.context.violated(`I2: ${what} with a hole in its log`)
    }
    for (const { outcome } of expressions.attempts.values()) this.context.seen.add(outcome)
  }

  /** I2: no expression fails of an agent that was lost while it computed something else too. */
  private alone({ id, failure }: ExpressionRow): void {
    const { attempts } = this.context.store.expressions
    const last = attempts.get(`${id}:${failure?.task}:${failure?.attempt}`)
    if (last?.outcome !== 'AGENT_LOST') return
    const { agentId, task, attempt, epoch } = last
    const ticket = this.tickets.issue({ expressionId: id, task, attempt, epoch }, agentId)
    if (this.accompanied.has(ticket))
      this.context.violated(`I2: ${id.slice(-4)} failed of task ${task}, which had others beside it`)
    this.context.seen.add('lost alone')
  }

  /** I3: whoever was not alone with a task was given up, and the attempts tell. */
  explained(): void {
    const { attempts, deleted } = this.context.store.expressions
    for (const { claim, what } of this.doubles)
      if (!deleted.has(claim.expressionId) && !attempts.has(`${claim.expressionId}:${claim.task}:${claim.attempt}`))
        this.context.violated(`I3: ${what}, and no attempt tells why`)
  }

  /** I4: whoever watched shows what is in the store. */
  shown(observers: readonly Observer[]): void {
    for (const difference of this.differences(observers)) this.context.violated(`I4: ${difference}`)
  }

  isShown(observers: readonly Observer[]): boolean {
    return this.differences(observers).length === 0
  }

  private differences(observers: readonly Observer[]): string[] {
    const { store } = this.context
    const standing = observers.filter(({ expressionId }) => store.expressions.rows.has(expressionId))
    return standing.flatMap(({ expressionId, expressions, tasks }) => {
      const pairs = [
        [expressions.get(expressionId), expressionInStore(store, expressionId)],
        ...tasksInStore(store, expressionId).map((task) => [pick(tasks.get(`${task.index}`)), pick(task)]),
      ].map((pair) => pair.map((entity) => JSON.stringify(entity)))
      return pairs.flatMap(([shown, stored]) =>
        shown === stored ? [] : [`of ${expressionId.slice(-4)} is shown ${shown}, and stored ${stored}`],
      )
    })
  }

  /** Whether a task was given out before a retry: it was taken from its agent, which may not have heard of it yet. */
  private isOutdated({ expressionId, epoch }: TicketClaim): boolean {
    return epoch < (this.context.store.expressions.rows.get(expressionId)?.retryEpoch ?? 0)
  }

  /** Whether the replica that sent this on a connection knew that the agent is with it. */
  private isWith({ lastOpened, process }: Agent, { replica }: Connection, sentAt: number): boolean {
    if (lastOpened?.replica !== replica || lastOpened.openedAt === null || lastOpened.openedAt >= sentAt) return false
    if (!process.isAlive && lastOpened.state === 'open') return false
    if (lastOpened.endedAt === null) return true
    const { SESSION_GRACE_MS: graceMs } = this.context.environment
    return lastOpened.state === 'closed' && sentAt < lastOpened.endedAt + graceMs
  }

  /** Whether the operands of a task are in the log; if not, a replica that does not own it cannot tell whether its result is right. */
  private isJudgeable({ expressionId, task }: TicketClaim): boolean {
    const { expressions } = this.context.store
    const log = expressions.logs.get(expressionId)
    const planned = decodePlan(expressions.rows.get(expressionId)?.plan).tasks[task]
    return (planned?.operands ?? []).every((operand) => !('task' in operand) || log?.has(operand.task))
  }

  private isDoomed(expressionId: string): boolean {
    const row = this.context.store.expressions.rows.get(expressionId)
    if (this.clients.some(({ source }) => source.source === row?.source && source.result === null)) return true
    const counted = this.context.store.expressions
      .failedAttempts([expressionId])
      .filter(({ epoch }) => epoch >= (row?.retryEpoch ?? 0))
    const ofTask = (task: number) => counted.filter((attempt) => attempt.task === task).length
    return counted.some(({ task }) => ofTask(task) >= this.context.environment.MAX_ATTEMPTS)
  }
}

/** Where the operator stands that an expression failed of. */
const faultOf = ({ plan, failure }: ExpressionRow): number | null =>
  failure && spanOf(decodePlan(plan).tasks[failure.task]).position

const pick = (view: TaskView | undefined) =>
  view && { index: view.index, status: view.status, result: view.result, attempt: view.attempt, agentId: view.agentId }
