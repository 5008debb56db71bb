import type { Clock } from '../../clock.ts'
import type { OperationDurations } from '../../domain/operation.ts'
import type { PendingExpression } from '../../domain/prediction/workload.ts'
import { PlacementQueue } from '../../domain/tasks/placement.ts'
import type { AgentNow, AssignmentView, LiveState, Run, RunningTask } from '../../realtime/live-state.ts'
import { ClusterSamples } from '../../realtime/readers/cluster-samples.ts'
import type { TaskCounts } from '../../store/agents/add-counts.ts'
import type { Offer } from '../../store/offers/offer.ts'
import type { ReplicaDemand, ReplicaStats } from '../../store/replicas/replica-stats.ts'
import { Flow } from './flow.ts'
import { Incoming } from './incoming.ts'
import { OverheadMeter } from './overhead-meter.ts'
import type { OwnedExpression } from './owned-expression.ts'
import { RateMeter } from './rate-meter.ts'
import { WorkLog } from './recent-work.ts'
import { RemoteAssignments } from './remote-assignment.ts'
import type { Assignment } from './assignment.ts'
import { Tallies } from './tallies.ts'
import { computing, type Session } from './session.ts'
import { shareOfDemand, survey } from './survey.ts'
import { workloadOf } from './workload.ts'

export interface TaskRef {
  readonly owned: OwnedExpression
  readonly task: number
}

/** What is to be computed with nothing beside it: a task of this replica's, or one that another has offered. */
export type Solitary =
  { readonly kind: 'owned'; readonly ref: TaskRef } | { readonly kind: 'offered'; readonly offer: Offer }

/** All that the scheduler has in memory. Losing it costs a replay of the logs and a reconnect of the agents. */
export class SchedulerState implements LiveState {
  /** Its row in the database. */
  replicaId = ''
  /** By id. */
  readonly owned = new Map<string, OwnedExpression>()
  /** By agent. */
  readonly sessions = new Map<string, Session>()
  readonly queue = new PlacementQueue<TaskRef>()
  /** Tasks that were next in line, and wait for an agent that computes nothing else. `Solitude` alone changes it. */
  solitary: Solitary[] = []
  readonly results: RateMeter
  readonly incoming = new Incoming()
  /** How many the append to the log writes that is under way. */
  resultsInFlight = 0
  readonly overhead = new OverheadMeter()
  readonly work = new WorkLog()
  /** What became of tasks, by agent. */
  readonly tallies = new Tallies()
  readonly flow = new Flow()
  readonly clusterSamples = new ClusterSamples()
  readonly remote = new RemoteAssignments()
  /** Tasks of all that is owned. */
  ownedTasks = 0
  /** How many expressions each user has here, of those who have any. */
  private readonly countsByUser = new Map<string, number>()
  currentDurations: OperationDurations = new Map()
  /** Statistics of the others at the last heartbeat; null before the first. */
  others: readonly ReplicaStats[] | null = null
  /** Whether expressions waited in the queue at the last heartbeat. */
  hasQueued = false
  /** When this replica last said that it lives; null before the first time. */
  beatAt: number | null = null
  private revisions = 0

  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
    this.results = new RateMeter(clock)
  }

  /**
   * A session's assignments have changed. One count serves all sessions: an agent that was lost and comes back with the same session is not to
   * fall behind what was told of it before.
   */
  revise(session: Session): void {
    session.revision = ++this.revisions
  }

  own(owned: OwnedExpression): void {
    this.disown(this.owned.get(owned.id))
    this.owned.set(owned.id, owned)
    this.ownedTasks += owned.graph.tasks.length
    this.countsByUser.set(owned.ownerId, (this.countsByUser.get(owned.ownerId) ?? 0) + 1)
  }

  /** Forgets this very object: another may stand under its id by now. */
  disown(owned: OwnedExpression | undefined): void {
    if (owned === undefined || this.owned.get(owned.id) !== owned) return
    this.owned.delete(owned.id)
    this.ownedTasks -= owned.graph.tasks.length
    const others = (this.countsByUser.get(owned.ownerId) ?? 0) - 1
    if (others > 0) this.countsByUser.set(owned.ownerId, others)
    else this.countsByUser.delete(owned.ownerId)
  }

  /** Those of this replica's own that wait for an agent that computes nothing else. */
  get solitaryTasks(): TaskRef[] {
    return this.solitary.flatMap((one) => (one.kind === 'owned' ? [one.ref] : []))
  }

  /** Users of whom something is here. */
  get users(): string[] {
    return [...this.countsByUser.keys()]
  }

  hasUser(id: string): boolean {
    return this.countsByUser.has(id)
  }

  /** Slots at other replicas that have nothing to do, as they said last. */
  get freeSlotsElsewhere(): number {
    return this.othersStats().reduce((free, { slots, busySlots }) => free + Math.max(0, slots - busySlots), 0)
  }

  /** Slots of the agents that can be given tasks now. */
  get openSlots(): number {
    let slots = 0
    for (const session of this.sessions.values())
      if (session.place.kind === 'here' && !session.draining) slots += session.slots
    return slots
  }

  tasksOf(expressionId: string, tasks?: readonly number[]) {
    return this.owned.get(expressionId)?.views(tasks)
  }

  standingOf(expressionId: string) {
    const owned = this.owned.get(expressionId)
    if (owned === undefined || owned.isOver) return undefined
    const solitary = this.solitaryTasks.filter((ref) => ref.owned === owned).length
    return {
      expression: owned,
      isHere: true,
      isRecovering: owned.phase === 'recovering',
      retries: owned.retries,
      solitary,
    }
  }

  workload(target: PendingExpression) {
    return workloadOf(this, this.#clock.now(), target)
  }

  succeededOf(expressionId: string): number | undefined {
    return this.owned.get(expressionId)?.graph.succeeded
  }

  agentNow(agentId: string): AgentNow | undefined {
    const session = this.sessions.get(agentId)
    if (session === undefined) return undefined
    const { place, sessionId, revision, assignments, slots, activity } = session
    return {
      replicaId: this.replicaId,
      sessionId,
      isConnected: place.kind === 'here',
      revision,
      busySlots: Math.min(assignments.size, slots),
      utilisation: activity.utilisation,
      tasksPerSecond: activity.tasksPerSecond,
    }
  }

  countsOf(agentId: string): TaskCounts | undefined {
    return this.tallies.totalOf(agentId)
  }

  assignmentsOf(agentId: string): AssignmentView[] | undefined {
    const session = this.sessions.get(agentId)
    return session && computing(session).flatMap(viewAssignment)
  }

  recentWork(): WorkLog {
    return this.work
  }

  running(most: number): RunningTask[] {
    const running: RunningTask[] = []
    for (const session of this.sessions.values()) {
      if (running.length >= most) break
      for (const assignment of computing(session))
        for (const view of viewAssignment(assignment)) running.push({ ...view, agentId: session.agentId })
    }
    return running.slice(0, most)
  }

  /** An agent is done with a task. */
  noteRun(assignment: Assignment, ended: Pick<Run, 'startedAt' | 'endedAt' | 'isLost'>): void {
    if (!this.work.hasRoom(ended.endedAt)) return
    for (const view of viewAssignment(assignment)) this.work.note({ ...view, agentId: assignment.agentId, ...ended })
  }

  agentsHere(): string[] {
    return [...this.sessions.keys()]
  }

  durations(): OperationDurations {
    return this.currentDurations
  }

  stats(): ReplicaStats {
    const sessions = [...this.sessions.values()].filter(({ place }) => place.kind === 'here')
    return {
      agents: sessions.length,
      slots: sessions.reduce((total, { slots }) => total + slots, 0),
      busySlots: sessions.reduce((total, { assignments, slots }) => total + Math.min(assignments.size, slots), 0),
      runningExpressions: this.owned.size,
      readyTasks: this.queue.size + this.solitary.length,
      tasksPerSecond: this.results.perSecond(),
    }
  }

  samples() {
    return this.clusterSamples.kept
  }

  demand(): ReplicaDemand {
    return shareOfDemand(survey(this), this.#clock.now())
  }

  othersStats(): readonly ReplicaStats[] {
    return this.others ?? []
  }

  isAlone(): boolean {
    return this.others?.length === 0
  }
}

function viewAssignment({ of, expressionId, task, since, startedAt, durationMs }: Assignment): AssignmentView[] {
  const view = { expressionId, task, startedAt: startedAt ?? since, durationMs }
  switch (of.kind) {
    case 'owned': {
      const operation = of.owned.graph.plan.tasks[task]?.operation
      return operation ? [{ ...view, ownerId: of.owned.ownerId, operation }] : []
    }
    case 'offered':
      return [{ ...view, ownerId: of.offer.ownerId, operation: of.offer.operation }]
    case 'foreign':
      return []
    default:
      return of satisfies never
  }
}
