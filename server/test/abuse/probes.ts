import type { Probe } from './probe.ts'
import { accountProbes } from './probes/accounts.ts'
import { agentProbes } from './probes/agents.ts'
import { connectionProbes } from './probes/connections.ts'
import { expressionProbes } from './probes/expressions.ts'
import { queryProbes } from './probes/queries.ts'
import { restProbes } from './probes/rest.ts'
import { strangerProbes } from './probes/strangers.ts'
import { transportProbes } from './probes/transport.ts'

export const probes: readonly Probe[] = [
  ...strangerProbes,
  ...queryProbes,
  ...expressionProbes,
  ...agentProbes,
  ...accountProbes,
  ...connectionProbes,
  ...transportProbes,
  ...restProbes,
]
