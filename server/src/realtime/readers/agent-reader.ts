import type { Clock } from '../../clock.ts'
import { Batcher } from '../../store/batcher.ts'
import type { Database } from '../../store/database.ts'
import type { TaskCounts } from '../../store/agents/add-counts.ts'
import type { AgentRow } from '../../store/agents/agent-row.ts'
import { listAgents, loadAgents } from '../../store/agents/load-agents.ts'
import type { Announcer } from '../announcer.ts'
import type { AgentWork } from '../bridge/message.ts'
import { EntityCache } from '../entity-cache.ts'
import type { AssignmentView, LiveState } from '../live-state.ts'

/** An agent as clients see it. */
export interface AgentView extends AgentRow {
  readonly busySlots: number
  /** The share of its slots that was busy over the last minute, 0 to 1; null where nobody knows. */
  readonly utilisation: number | null
  readonly tasksPerSecond: number
}

export interface AgentReader {
  all(): Promise<AgentView[]>
  /** What an agent computes right now. */
  assignmentsOf(id: string): readonly AssignmentView[]
  /** Null where there is none. Kept in memory until it changes: tasks name their agents many times a second. */
  byId(id: string): Promise<AgentView | null>
}

/** More changes of what an agent holds than come between two changes of its row. */
const revisionsPerVersion = 2 ** 32

export function createAgentReader(
  { reads: pool }: Database,
  state: LiveState,
  remote: ReadonlyMap<string, AgentWork>,
  announcer: Announcer,
  clock: Clock,
): AgentReader {
  const reads = new Batcher<string, AgentRow | undefined>(async (ids) => {
    const found = new Map((await loadAgents(pool, ids)).map((row) => [row.id, row]))
    return ids.map((id) => found.get(id))
  })
  const rows = new EntityCache<AgentRow>({
    read: async (ids) => (await Promise.all(ids.map((id) => reads.add(id)))).filter((row) => row !== undefined),
    keyOf: ({ id }) => id,
    versionOf: ({ version }) => version,
  })
  announcer.on('agent', ({ id }) => rows.markDirty(id))
  announcer.on('missed', () => rows.markAllDirty())
  const view = (row: AgentRow): AgentView => {
    const here = state.agentNow(row.id)
    const told = here ?? (row.presence === 'OFFLINE' ? undefined : remote.get(row.id))
    // Revisions of another session, or of the same at another replica, have nothing to do with this row's.
    const now = told?.replicaId === row.replicaId && told?.sessionId === row.sessionId ? told : undefined
    const version = row.version * revisionsPerVersion + (now?.revision ?? 0)
    const lastHeartbeatAt = here?.isConnected === true ? new Date(clock.now()) : row.lastHeartbeatAt
    const { busySlots = 0, utilisation = null, tasksPerSecond = 0 } = now ?? {}
    const counted = withCounts(row, [state.countsOf(row.id), remote.get(row.id)?.counts])
    return { ...counted, lastHeartbeatAt, version, busySlots, utilisation, tasksPerSecond }
  }
  return {
    assignmentsOf: (id) => state.assignmentsOf(id) ?? remote.get(id)?.assignments ?? [],
    all: async () => (await listAgents(pool)).map((row) => view(rows.put(row))),
    async byId(id) {
      const [row] = await rows.get([id])
      return row ? view(row) : null
    },
  }
}

/** Counts only rise, and each of these is at least so many: the most that anybody knows is the nearest to what is true. */
function withCounts(row: AgentRow, known: readonly (TaskCounts | undefined)[]): AgentRow {
  const most = (own: number, what: keyof TaskCounts) => Math.max(own, ...known.map((counts) => counts?.[what] ?? 0))
  return {
    ...row,
    tasksDone: most(row.tasksDone, 'done'),
    tasksFailed: most(row.tasksFailed, 'failed'),
    tasksLost: most(row.tasksLost, 'lost'),
  }
}
