import { z } from 'zod'
import type { InvalidInputError } from '../domain/failure.ts'
import { builtIns, maxDurationMs, type OperationName } from '../domain/operation.ts'
import type { Operation } from '../generated/prisma/client.ts'
import { updateDurations } from '../store/operations/update-durations.ts'
import { parseInput } from './parse-input.ts'
import type { Services } from './services.ts'

export interface OperationDurationInput {
  readonly name: OperationName
  readonly durationMs: number
}

const range = `must be a whole number of milliseconds from 0 to ${maxDurationMs}`

const inputSchema = z.object({
  durations: z
    .array(
      z.object({
        name: z.string().refine((name) => builtIns.has(name), 'is no operation that is known here'),
        durationMs: z.int(range).min(0, range).max(maxDurationMs, range),
      }),
    )
    .min(1, 'must name at least one operation')
    .refine(
      (durations) => new Set(durations.map(({ name }) => name)).size === durations.length,
      'names an operation twice',
    ),
})

/** Sets how long operations take, for all users, from the next assignment on. For admins. */
export async function setOperationDurations(
  { database, announcer, live, scheduler }: Services,
  durations: readonly OperationDurationInput[],
): Promise<Operation[] | InvalidInputError> {
  const parsed = parseInput(inputSchema, { durations })
  if (parsed.kind !== 'valid') return parsed
  await updateDurations(database.pool, parsed.value.durations)
  await scheduler.refreshDurations()
  announcer.announce({ kind: 'operations', kinds: parsed.value.durations.map(({ name }) => name) })
  return live.operations()
}
