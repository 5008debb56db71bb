import type { LoggedResult } from '../domain/tasks/task-graph.ts'
import type { Computed } from '../domain/plausibility/claim.ts'
import type { OperationDurations } from '../domain/operation.ts'
import type { AgentPresence } from './agents/agent-row.ts'
import { findMovedSessions } from './agents/find-moved-sessions.ts'
import { loadAgents } from './agents/load-agents.ts'
import { addCounts, type AgentCounts } from './agents/add-counts.ts'
import { forgetAgents } from './agents/forget-agents.ts'
import { noteComputed } from './agents/note-computed.ts'
import { noteRefusals } from './agents/note-refusals.ts'
import type { NewAgentSession } from './agents/open-agent-session.ts'
import { openWithinQuota, type Opened, type TokenUsage } from './agents/open-within-quota.ts'
import { resumeAgentSession } from './agents/resume-agent-session.ts'
import { setAgentPresence } from './agents/set-agent-presence.ts'
import { findOrphanedAgents, giveUpOrphanedAgents } from './agents/orphaned-agents.ts'
import { touchAgents, type TouchedAgent } from './agents/touch-agents.ts'
import type { Database } from './database.ts'
import { adoptExpressions } from './expressions/adopt-expressions.ts'
import { appendResults, type Appended, type Completion, type NewResult } from './expressions/append-results.ts'
import { failExpression, type StoredFailure } from './expressions/fail-expression.ts'
import {
  loadFailedAttempts,
  recordFailedAttempts,
  type NewFailedAttempt,
  type StoredFailedAttempt,
} from './expressions/failed-attempts.ts'
import { findLostOwnership, type LostOwnership } from './expressions/find-lost-ownership.ts'
import { forgetDeletedExpressions } from './expressions/forget-deleted-expressions.ts'
import { findUnfinished } from './expressions/find-unfinished.ts'
import { loadComputed, type TaskOf } from './expressions/load-computed.ts'
import { loadLogs, loadResults } from './expressions/load-logs.ts'
import type { OwnedRow } from './expressions/owned-row.ts'
import { purgeLogs } from './expressions/purge-logs.ts'
import { PlanReader } from './expressions/plan-reader.ts'
import { releaseExpressions } from './expressions/release-expressions.ts'
import { takeOverExpressions } from './expressions/take-over-expressions.ts'
import { takeQueuedExpressions, type Taken, type Taking } from './expressions/take-queued-expressions.ts'
import { claimTasks } from './offers/claim-tasks.ts'
import { insertOffers } from './offers/insert-offers.ts'
import type { Offer } from './offers/offer.ts'
import {
  listOffers,
  removeClaim,
  removeLostOffers,
  removeOffers,
  withdrawOffers,
  type ClaimedTask,
  type OfferedTask,
} from './offers/remove-offers.ts'
import { loadDurations } from './operations/load-durations.ts'
import { heartbeatReplica, type Heartbeat } from './replicas/heartbeat-replica.ts'
import { listReplicas } from './replicas/list-replicas.ts'
import { registerReplica, removeReplica } from './replicas/register-replica.ts'
import type { ReplicaStats } from './replicas/replica-stats.ts'

/** What became of tasks: their results, and the attempts that failed. */
export interface LogStore {
  append(results: readonly NewResult[], completions: readonly Completion[]): Promise<Appended>
  /** Whole logs by expression, children before parents; an expression without results has no entry. */
  logs(expressionIds: readonly string[]): Promise<ReadonlyMap<string, readonly LoggedResult[]>>
  /** Of these tasks, those that have a result. */
  results(expressionId: string, tasks: readonly number[]): Promise<readonly LoggedResult[]>
  /** What each of these tasks computes; null where its operands are not in the log, or there is no such task. */
  computed(tasks: readonly TaskOf[]): Promise<readonly (Computed | null)[]>
  recordFailedAttempts(attempts: readonly NewFailedAttempt[]): Promise<void>
  /** Oldest first. */
  failedAttempts(expressionIds: readonly string[]): Promise<readonly StoredFailedAttempt[]>
}

/** Whose an expression is, and how it ends other than by its results. */
export interface OwnershipStore {
  takeQueued(taking: Taking): Promise<Taken<OwnedRow>>
  /** Those of lost replicas, at most so many. */
  takeOver(replicaId: string, limit: number): Promise<readonly OwnedRow[]>
  /** Those that are this replica's and not among the known. */
  adopt(replicaId: string, known: readonly string[]): Promise<readonly OwnedRow[]>
  release(replicaId: string): Promise<void>
  findLost(owned: readonly { readonly id: string; readonly epoch: number }[]): Promise<readonly LostOwnership[]>
  /** Of these, those that have not ended, each with the epoch that its last retry began. */
  findUnfinished(expressionIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  fail(id: string, epoch: number, failure: StoredFailure): Promise<boolean>
}

/** Agents, as their rows show them. */
export interface PresenceStore {
  /** Resumes a session, or opens one unless `decide` finds a reason against it in what its token has. */
  openSession<Refusal>(
    session: NewAgentSession,
    newNamesSeconds: number,
    decide: (usage: TokenUsage) => Refusal | null,
  ): Promise<Opened<Refusal>>
  setPresence(agentId: string, sessionId: string, replicaId: string, presence: AgentPresence): Promise<boolean>
  /** Of these sessions those, by their own ids, that stand at another replica. */
  findMoved(
    replicaId: string,
    sessions: readonly { readonly agentId: string; readonly sessionId: string }[],
  ): Promise<ReadonlySet<string>>
  findOrphaned(): Promise<readonly string[]>
  giveUpOrphaned(agentIds: readonly string[]): Promise<readonly string[]>
  /** Writes that they were heard of, and returns what their rows say. */
  touch(agentIds: readonly string[]): Promise<readonly TouchedAgent[]>
  noteComputed(agentIds: readonly string[]): Promise<void>
  /** Returns what the rows have counted in all. */
  addCounts(counts: readonly AgentCounts[]): Promise<readonly AgentCounts[]>
  /** Returns whether these set the agent aside, and were the first that did. */
  noteRefusals(
    agentId: string,
    refusals: { readonly count: number; readonly reason: string },
    maxRefusals: number,
  ): Promise<boolean>
  /** Returns those that it forgot. */
  forgetGone(after: { readonly idleSeconds: number; readonly anySeconds: number }): Promise<readonly string[]>
  /** By id; one that is gone is left out. */
  names(agentIds: readonly string[]): Promise<ReadonlyMap<string, string>>
}

export interface ReplicaStore {
  register(replicaId: string): Promise<void>
  remove(replicaId: string): Promise<void>
  heartbeat(replicaId: string, stats: ReplicaStats, timeoutMs: number, mayJudge: boolean): Promise<Heartbeat>
  list(): Promise<ReadonlySet<string>>
}

/** Tasks that replicas offer to each other. */
export interface OfferStore {
  insert(offeredBy: string, offers: readonly Offer[]): Promise<void>
  claim(claimedBy: string, claimId: string, limit: number): Promise<readonly Offer[]>
  /** Ends a claim whose answer was lost. Returns what it had taken. */
  removeClaim(claimId: string): Promise<readonly ClaimedTask[]>
  list(offeredBy: string): Promise<readonly OfferedTask[]>
  remove(tasks: readonly OfferedTask[]): Promise<void>
  /** Those that nobody has taken for so long. Returns them. */
  withdraw(offeredBy: string, olderThanMs: number): Promise<readonly OfferedTask[]>
  removeLost(): Promise<void>
}

/** What is over, and what holds for all. */
export interface UpkeepStore {
  purgeLogs(retentionSeconds: number): Promise<{ readonly purged: number; readonly more: boolean }>
  /** Returns how many it forgot. */
  forgetDeleted(olderThanSeconds: number): Promise<number>
  durations(): Promise<OperationDurations>
}

/** All that the scheduler asks of the database. The simulation brings one of its own. */
export interface SchedulerStore {
  readonly log: LogStore
  readonly ownership: OwnershipStore
  readonly presence: PresenceStore
  readonly replicas: ReplicaStore
  readonly offers: OfferStore
  readonly upkeep: UpkeepStore
}

export function createSchedulerStore(database: Database): SchedulerStore {
  const { pool } = database
  const plans = new PlanReader(database)
  return {
    log: {
      append: (results, completions) => appendResults(pool, results, completions),
      logs: (expressionIds) => loadLogs(pool, expressionIds),
      results: (expressionId, tasks) => loadResults(pool, expressionId, tasks),
      computed: (tasks) => loadComputed(pool, plans, tasks),
      recordFailedAttempts: (attempts) => recordFailedAttempts(pool, attempts),
      failedAttempts: (expressionIds) => loadFailedAttempts(pool, expressionIds),
    },
    ownership: {
      takeQueued: (taking) => takeQueuedExpressions(pool, taking),
      takeOver: (replicaId, limit) => takeOverExpressions(pool, replicaId, limit),
      adopt: (replicaId, known) => adoptExpressions(pool, replicaId, known),
      release: (replicaId) => releaseExpressions(pool, replicaId),
      findLost: (owned) => findLostOwnership(pool, owned),
      findUnfinished: (expressionIds) => findUnfinished(database, expressionIds),
      fail: (id, epoch, failure) => failExpression(pool, id, epoch, failure),
    },
    presence: {
      async openSession(session, newNamesSeconds, decide) {
        const row = await resumeAgentSession(pool, session)
        return row ? { kind: 'opened', row } : openWithinQuota(pool, session, newNamesSeconds, decide)
      },
      setPresence: (agentId, sessionId, replicaId, presence) =>
        setAgentPresence(pool, agentId, sessionId, replicaId, presence),
      findMoved: (replicaId, sessions) => findMovedSessions(pool, replicaId, sessions),
      findOrphaned: () => findOrphanedAgents(pool),
      giveUpOrphaned: (agentIds) => giveUpOrphanedAgents(pool, agentIds),
      touch: (agentIds) => touchAgents(pool, agentIds),
      noteComputed: (agentIds) => noteComputed(pool, agentIds),
      addCounts: (counts) => addCounts(pool, counts),
      noteRefusals: (agentId, refusals, maxRefusals) => noteRefusals(pool, agentId, refusals, maxRefusals),
      forgetGone: (after) => forgetAgents(pool, after),
      names: async (agentIds) => new Map((await loadAgents(pool, agentIds)).map(({ id, name }) => [id, name])),
    },
    replicas: {
      register: (replicaId) => registerReplica(pool, replicaId),
      remove: (replicaId) => removeReplica(pool, replicaId),
      heartbeat: (replicaId, stats, timeoutMs, mayJudge) =>
        heartbeatReplica(pool, replicaId, stats, timeoutMs, mayJudge),
      list: () => listReplicas(pool),
    },
    offers: {
      insert: (offeredBy, offers) => insertOffers(pool, offeredBy, offers),
      claim: (claimedBy, claimId, limit) => claimTasks(pool, claimedBy, claimId, limit),
      removeClaim: (claimId) => removeClaim(pool, claimId),
      list: (offeredBy) => listOffers(pool, offeredBy),
      remove: (tasks) => removeOffers(pool, tasks),
      withdraw: (offeredBy, olderThanMs) => withdrawOffers(pool, offeredBy, olderThanMs),
      removeLost: () => removeLostOffers(pool),
    },
    upkeep: {
      purgeLogs: (retentionSeconds) => purgeLogs(pool, retentionSeconds),
      forgetDeleted: (olderThanSeconds) => forgetDeletedExpressions(pool, olderThanSeconds),
      durations: () => loadDurations(pool),
    },
  }
}
