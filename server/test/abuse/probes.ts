import type { Probe } from './probe.ts'
import { expressionProbes } from './probes/expressions.ts'
import { queryProbes } from './probes/queries.ts'
import { strangerProbes } from './probes/strangers.ts'

export const probes: readonly Probe[] = [...strangerProbes, ...queryProbes, ...expressionProbes]
