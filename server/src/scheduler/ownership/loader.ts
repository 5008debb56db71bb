import { countsAgainstTask } from '../../domain/tasks/attempt.ts'
import { decodePlan } from '../../domain/plan/plan-codec.ts'
import type { LoggedResult } from '../../domain/tasks/task-graph.ts'
import type { StoredFailedAttempt } from '../../store/expressions/failed-attempts.ts'
import type { OwnedRow } from '../../store/expressions/owned-row.ts'
import { inBackground } from '../../realtime/in-background.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Ending } from '../results/ending.ts'
import { firstEpoch, OwnedExpression } from '../memory/owned-expression.ts'
import { claimAssignments } from '../agents/resume.ts'

/**
 * Brings expressions that are this replica's into its memory, with what their logs hold. Those that are cancelled while their logs are read
 * are left out.
 */
export async function loadOwned(
  deps: SchedulerDeps,
  ending: Ending,
  rows: readonly OwnedRow[],
): Promise<OwnedExpression[]> {
  if (rows.length === 0) return []
  const { logger, state } = deps
  const ids = rows.map(({ id }) => id)
  for (const id of ids) state.incoming.add(id)
  try {
    const [loaded] = await Promise.all([readOwned(deps, rows), deps.tracer?.recall(ids)])
    const wanted = loaded.filter(({ id }) => !state.incoming.isCancelled(id))
    for (const owned of wanted) {
      // An earlier copy here belongs to an epoch that is over.
      const earlier = state.owned.get(owned.id)
      if (earlier) ending.release(earlier)
      state.own(owned)
      claimAssignments(deps, owned)
      inBackground(logger, 'end an expression', () => ending.endIfDone(owned))
    }
    return wanted
  } finally {
    for (const id of ids) state.incoming.delete(id)
  }
}

/** Of what nobody has had. */
const nothingWritten = [new Map<string, LoggedResult[]>(), [] as StoredFailedAttempt[]] as const

async function readOwned(
  { clock, persistent: { log }, state }: SchedulerDeps,
  rows: readonly OwnedRow[],
): Promise<OwnedExpression[]> {
  // The expressions are this replica's already, so reading them must not be given up.
  const resumed = rows.filter(({ epoch }) => epoch > firstEpoch).map(({ id }) => id)
  const [logs, failedAttempts] =
    resumed.length === 0 ? nothingWritten : await Promise.all([log.logs(resumed), log.failedAttempts(resumed)])
  const loaded = rows.map(({ plan, ...row }) => {
    const { id, ownerId, epoch, retryEpoch } = row
    const expression = { id, ownerId, epoch, retryEpoch, plan: decodePlan(plan), row }
    return new OwnedExpression(expression, logs.get(row.id) ?? [], state.currentDurations, clock.now())
  })
  const byId = new Map(loaded.map((owned) => [owned.id, owned]))
  for (const { expressionId, task, attempt, epoch, ...failure } of failedAttempts) {
    const owned = byId.get(expressionId)
    if (owned === undefined) continue
    // The numbers of attempts go on after a retry, and how many may fail begins anew.
    owned.graph.noteAttempt(task, attempt)
    if (epoch >= owned.retryEpoch && countsAgainstTask(failure.outcome)) owned.noteFailure(task, attempt, failure)
  }
  return loaded
}
