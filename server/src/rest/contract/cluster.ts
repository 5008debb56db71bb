import { z } from 'zod'
import { maxDurationMs } from '../../domain/operation.ts'
import { agentPresences } from '../../store/agents/agent-row.ts'

const durationMs = z.int().min(0).max(maxDurationMs)

export const durations = z
  .record(z.string().describe('The name of an operation, as in a source: `+`, `gcd`.'), durationMs)
  .meta({
    id: 'OperationDurations',
    description: `How long each operation takes, in whole milliseconds, 0 to ${maxDurationMs}.`,
  })

/** As it is sent: what is wrong with it the use case tells, for all protocols alike. */
export const someDurations = z
  .record(z.string(), z.number())
  .meta({ id: 'SomeOperationDurations', description: 'Those to be set; the others stay.' })

export const agent = z
  .object({
    id: z.uuid(),
    name: z.string(),
    state: z.enum([...agentPresences, 'SUSPENDED']),
    slots: z.int().describe('How many tasks it computes at once.'),
    busySlots: z.int(),
    computing: z.array(z.string()).describe('The operations that it computes right now, by name.'),
    lastHeartbeatAt: z.iso.datetime(),
  })
  .meta({ id: 'Agent' })

export const agents = z.object({ agents: z.array(agent) }).meta({ id: 'Agents' })
