import { Feed } from '../feed/feed.ts'
import { everyone } from '../local-signal.ts'
import type { AgentReader, AgentView } from '../readers/agent-reader.ts'
import { pacing, registering, type WatchDeps } from './deps.ts'

/** All agents, under one topic. */
export function watchAgents(deps: WatchDeps, agents: AgentReader) {
  const { announcer } = deps
  const feed = new Feed<AgentView>({
    load: async (ids) => (await Promise.all(ids.map((id) => agents.byId(id)))).filter((agent) => agent !== null),
    keyOf: ({ id }) => id,
    versionOf: ({ version }) => version,
    registrations: registering('agents', deps, () => refresh()),
    ...pacing(deps),
  })

  announcer.on('agent', ({ id }) => feed.notice(id, [everyone]))
  announcer.on('agentWork', ({ id }) => feed.notice(id, [everyone]))

  const refresh = () => void feed.refresh(async () => (await agents.all()).map(({ id }) => id))
  announcer.on('missed', refresh)

  return { feed, all: () => feed.subscribe(everyone, () => agents.all()) }
}
