import type { Probe } from './probe.ts'
import { strangerProbes } from './probes/strangers.ts'

export const probes: readonly Probe[] = [...strangerProbes]
