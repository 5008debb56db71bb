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
    programVersion: z.string().nullable().describe('Of its program, as it says itself.'),
    host: z.string().nullable().describe('The machine that it runs on, as it says itself.'),
    utilisation: z.number().nullable().describe('The share of its slots that was busy over the last minute, 0 to 1.'),
    tasksPerSecond: z.number().describe('Over the last ten seconds.'),
    tasksDone: z.number().describe('Since it came for the first time.'),
    tasksFailed: z.number().describe('That it could not compute, or of which its result was refused.'),
    tasksLost: z.number().describe('That it was computing when it was lost, or for too long.'),
    createdAt: z.iso.datetime().describe('When it came for the first time.'),
    lastHeartbeatAt: z.iso.datetime(),
  })
  .meta({ id: 'Agent' })

export const agents = z.object({ agents: z.array(agent) }).meta({ id: 'Agents' })
