import { decodePlan } from '../../../src/domain/plan/plan-codec.ts'
import { TaskGraph } from '../../../src/domain/tasks/task-graph.ts'
import type { Completion } from '../../../src/store/expressions/append-results.ts'
import type { OwnedRow } from '../../../src/store/expressions/owned-row.ts'
import type { SchedulerStore } from '../../../src/store/scheduler-store.ts'
import type { ModelOwnedRow } from '../../model/expression-model.ts'
import type { AgentRow } from '../../model/rows.ts'
import type { StoreModel } from '../../model/store-model.ts'
import type { BrokenRule } from '../broken-rules.ts'
import type { Context } from '../context.ts'
import type { StoreLink } from './store-link.ts'

interface ModelStoreOptions extends Pick<Context, 'durations' | 'broken' | 'seen'> {
  readonly link: StoreLink
}

/** All that the scheduler asks of the database, of the model of the store. */
export function createModelStore({ link, durations, broken, seen }: ModelStoreOptions): SchedulerStore {
  return {
    log: logOf(link, broken),
    ownership: ownershipOf(link),
    presence: presenceOf(link, seen),
    replicas: {
      register: (replicaId) => link.call(({ presence }) => presence.register(replicaId)),
      remove: (replicaId) => link.call(({ presence }) => presence.remove(replicaId)),
      heartbeat(replicaId, stats, timeoutMs, mayJudge) {
        const judges = mayJudge && broken !== 'does not look for lost replicas'
        return link.call(({ presence }) => presence.heartbeat(replicaId, stats, judges ? timeoutMs : Infinity))
      },
      list: () => link.call(({ presence }) => new Set(presence.replicas.keys())),
    },
    offers: {
      insert(offeredBy, offers) {
        seen.add('offered')
        return link.call((store) => store.offers.insert(offeredBy, offers))
      },
      claim: (claimedBy, claimId, limit) =>
        link.call(({ offers }) => {
          const claimed = offers.claim(claimedBy, claimId, limit)
          if (claimed.length > 0) seen.add('claimed')
          return claimed
        }),
      removeClaim: (claimId) => link.call(({ offers }) => offers.removeClaim(claimId)),
      list: (offeredBy) => link.call(({ offers }) => offers.list(offeredBy)),
      remove: (tasks) => link.call(({ offers }) => offers.remove(tasks)),
      withdraw: (offeredBy, olderThanMs) => link.call(({ offers }) => offers.withdraw(offeredBy, olderThanMs)),
      removeLost: () => link.call(({ offers }) => offers.removeLost()),
    },
    upkeep: {
      purgeLogs: (seconds) => link.call(({ expressions }) => ({ purged: expressions.purge(seconds), more: false })),
      forgetDeleted: (seconds) => link.call(({ expressions }) => expressions.forgetDeleted(seconds)),
      durations: () => Promise.resolve(durations),
    },
  }
}

function logOf(link: StoreLink, broken: BrokenRule | null): SchedulerStore['log'] {
  return {
    append(results, completions) {
      const appended = link.call(({ expressions }) => expressions.append(results, completions))
      if (broken !== 'acknowledges before the commit') return appended
      appended.catch(() => {})
      const completed = completions.map(({ expressionId }: Completion) => [expressionId, new Date(0)] as const)
      return Promise.resolve({ duplicates: new Set(), completed: new Map(completed) })
    },
    logs: (ids) => link.call(({ expressions }) => new Map(ids.map((id) => [id, expressions.log(id)]))),
    results: (id, tasks) =>
      link.call(({ expressions }) => expressions.log(id).filter(({ task }) => tasks.includes(task))),
    computed: (tasks) =>
      link.call(({ expressions }) =>
        tasks.map(({ expressionId, task }) => {
          const row = expressions.rows.get(expressionId)
          const plan = row && decodePlan(row.plan)
          const operation = plan?.tasks[task]?.operation
          const operands = plan ? new TaskGraph(plan, expressions.log(expressionId), 0).knownOperands(task) : null
          return operation && operands ? { operation, operands } : null
        }),
      ),
    async recordFailedAttempts(attempts) {
      if (broken === 'does not record failed attempts') return
      await link.call(({ expressions }) => expressions.recordFailedAttempts(attempts))
    },
    failedAttempts: (ids) =>
      link.call(({ expressions }) =>
        expressions.failedAttempts(ids).map((attempt) => ({ ...attempt, startedAt: epochStart, endedAt: epochStart })),
      ),
  }
}

const ownershipOf = (link: StoreLink): SchedulerStore['ownership'] => ({
  takeQueued: (taking) =>
    link.call((store) => {
      const { rows, lastOwner } = store.expressions.takeQueued(taking)
      return { rows: whole(store, rows), lastOwner }
    }),
  takeOver: (replicaId, limit) => link.call((store) => whole(store, store.expressions.takeOver(replicaId, limit))),
  adopt: (replicaId, known) => link.call((store) => whole(store, store.expressions.adopt(replicaId, known))),
  release: (replicaId) => link.call(({ expressions }) => expressions.release(replicaId)),
  findLost(owned) {
    // As they are now, and not when the statement arrives.
    const asked = owned.map(({ id, epoch }) => ({ id, epoch }))
    return link.call(({ expressions }) => expressions.findLostOwnership(asked))
  },
  findUnfinished: (ids) =>
    link.call(({ expressions }) => {
      const unfinished = ids.filter((id) => expressions.isUnfinished(id, 0))
      return new Map(unfinished.map((id) => [id, expressions.rows.get(id)?.retryEpoch ?? 0]))
    }),
  fail: (id, epoch, failure) => link.call(({ expressions }) => expressions.fail(id, epoch, failure)),
})

const presenceOf = (link: StoreLink, seen: Set<string>): SchedulerStore['presence'] => ({
  openSession: ({ id, tokenId, name, slots, sessionId, replicaId }, _newNamesSeconds, decide) =>
    link.call(({ presence }) => {
      const refusal = decide(noUsage)
      if (refusal !== null) return { kind: 'refused', refusal }
      const before = [...presence.agents.values()].find((agent) => agent.tokenId === tokenId && agent.name === name)
      if (before?.sessionId === sessionId && before.replicaId !== replicaId) seen.add('moved')
      const row = presence.openSession({ id, tokenId, name, slots, sessionId, replicaId })
      return row ? { kind: 'opened', row: { ...row, ...fresh } } : { kind: 'revoked' }
    }),
  setPresence: (agentId, sessionId, replicaId, as) =>
    link.call(({ presence }) => presence.setPresence(agentId, sessionId, replicaId, as)),
  findMoved(replicaId, sessions) {
    const asked = sessions.map(({ agentId, sessionId }) => ({ agentId, sessionId }))
    return link.call(({ presence }) => presence.findMoved(replicaId, asked))
  },
  findOrphaned: () => link.call(({ presence }) => presence.findOrphaned()),
  giveUpOrphaned: (agentIds) => link.call(({ presence }) => presence.giveUpOrphaned(agentIds)),
  touch: () => Promise.resolve([]),
  noteComputed: () => Promise.resolve(),
  addCounts: () => Promise.resolve([]),
  noteRefusals: () => Promise.reject(new Error('an agent that computes rightly was refused a result')),
  forgetGone: () => Promise.resolve([]),
  names: (agentIds) =>
    link.call(({ presence }) => {
      const known = agentIds.flatMap((id): AgentRow[] => [presence.agents.get(id) ?? []].flat())
      return new Map(known.map(({ id, name }) => [id, name]))
    }),
})

const epochStart = new Date(0)

const fresh = {
  createdAt: epochStart,
  lastHeartbeatAt: epochStart,
  ...{ refusedResults: 0, lastRefusal: null, suspendedAt: null, programVersion: null, host: null },
  ...{ tasksDone: 0, tasksFailed: 0, tasksLost: 0, forgottenAt: null },
}

/** The agents of the simulation are far from all quotas. */
const noUsage = { agents: 0, slots: 0, newNames: 0, suspended: 0, isKnown: true, isTaken: false, suspension: null }

const dateOf = (time: number | null): Date | null => (time === null ? null : new Date(time))

/** Rows as the SQL returns them, with what the model's statements leave out. */
const whole = ({ expressions }: StoreModel, rows: readonly ModelOwnedRow[]): OwnedRow[] =>
  rows.flatMap((owned) => {
    const row = expressions.rows.get(owned.id)
    if (row === undefined) return []
    const { requestId, source, operationCount, result, failure, completedTasks, startedAt, finishedAt, purgedAt } = row
    return {
      ...owned,
      ...{ requestId, source, operationCount, result, completedTasks, regrouped: false, createdAt: epochStart },
      failure: failure && { ...failure },
      ...{ startedAt: dateOf(startedAt), finishedAt: dateOf(finishedAt), purgedAt: dateOf(purgedAt) },
    }
  })
