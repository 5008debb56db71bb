import type { ConnectionState } from '../connection/live.ts'
import type { AgentView, RunView, StatsView } from './documents.ts'

export interface ShownRun extends RunView {
  /** By this machine's clock: the server's may be another. */
  readonly seenAt: number
}

/** All that is known of a cluster. */
export interface TopState {
  readonly stats: StatsView | undefined
  readonly agents: ReadonlyMap<string, AgentView>
  readonly runs: readonly ShownRun[]
  readonly connection: ConnectionState
}

export type TopEvent =
  | { readonly kind: 'stats'; readonly stats: StatsView }
  | { readonly kind: 'agents'; readonly agents: readonly AgentView[] }
  | { readonly kind: 'work'; readonly running: readonly RunView[]; readonly at: number }
  | { readonly kind: 'connection'; readonly connection: ConnectionState }

export const nothingKnown: TopState = {
  stats: undefined,
  agents: new Map(),
  runs: [],
  connection: { kind: 'connected' },
}

export function withTopEvent(state: TopState, event: TopEvent): TopState {
  switch (event.kind) {
    case 'stats':
      return { ...state, stats: event.stats }
    case 'agents':
      return { ...state, agents: withAgents(state.agents, event.agents) }
    case 'work':
      return { ...state, runs: withRuns(state.runs, event.running, event.at) }
    case 'connection':
      return { ...state, connection: event.connection }
    default:
      return event satisfies never
  }
}

/** Of two payloads of an agent the one with the higher version is the newer. */
function withAgents(before: TopState['agents'], changed: readonly AgentView[]): TopState['agents'] {
  const agents = new Map(before)
  for (const agent of changed) if (agent.version >= (agents.get(agent.id)?.version ?? 0)) agents.set(agent.id, agent)
  return agents
}

const keyOf = ({ agentId, startedAt, operation, expressionId, taskIndex }: RunView) =>
  [agentId, startedAt, operation, expressionId, taskIndex].join(' ')

function withRuns(before: readonly ShownRun[], running: readonly RunView[], at: number): ShownRun[] {
  const seen = new Map(before.map((run) => [keyOf(run), run.seenAt]))
  return running.map((run) => ({ ...run, seenAt: seen.get(keyOf(run)) ?? at }))
}
