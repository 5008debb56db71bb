import { z } from 'zod'
import type { InvalidInputError } from '../domain/failure.ts'
import { builtIns, maxDurationMs, type OperationName } from '../domain/operation.ts'
import { operatorOfKind, type OperationKind } from '../domain/operation-kind.ts'
import type { Operation } from '../generated/prisma/client.ts'
import { updateDurations } from '../store/operations/update-durations.ts'
import { parseInput } from './parse-input.ts'
import type { Requester } from './accounts/requester.ts'
import type { Services } from './services.ts'

/** Names an operation in one of two ways, not in both. */
export interface OperationDurationInput {
  readonly name?: OperationName | null | undefined
  readonly kind?: OperationKind | null | undefined
  readonly durationMs: number
}

const range = `must be a whole number of milliseconds from 0 to ${maxDurationMs}`

const entrySchema = z
  .object({
    name: z
      .string()
      .refine((name) => builtIns.has(name), 'is no operation that is known here')
      .nullish(),
    kind: z
      .string()
      .refine((kind) => operatorOfKind(kind) !== undefined, 'does not say which function: give its name')
      .nullish(),
    durationMs: z.int(range).min(0, range).max(maxDurationMs, range),
  })
  .refine(({ name, kind }) => (name == null) !== (kind == null), 'must have either a name or a kind')
  .transform(({ name, kind, durationMs }) => ({ name: name ?? operatorOfKind(kind ?? '') ?? '', durationMs }))

const inputSchema = z.object({
  durations: z
    .array(entrySchema)
    .min(1, 'must name at least one operation')
    .refine(
      (durations) => new Set(durations.map(({ name }) => name)).size === durations.length,
      'names an operation twice',
    ),
})

/** Sets how long operations take, for all users, from the next assignment on. For admins. */
export async function setOperationDurations(
  { accounts, database, announcer, live, scheduler }: Services,
  durations: readonly OperationDurationInput[],
  { actorId, address }: Requester,
): Promise<Operation[] | InvalidInputError> {
  const parsed = parseInput(inputSchema, { durations })
  if (parsed.kind !== 'valid') return parsed
  const changes = await updateDurations(database.pool, parsed.value.durations)
  const detail = changes.map(({ name, beforeMs, afterMs }) => `${name} ${beforeMs} -> ${afterMs} ms`).join(', ')
  if (changes.length > 0) accounts.audit.record({ kind: 'DURATIONS_CHANGED', actorId, address, detail })
  await scheduler.refreshDurations()
  announcer.announce({ kind: 'operations', kinds: parsed.value.durations.map(({ name }) => name) })
  return live.operations()
}
