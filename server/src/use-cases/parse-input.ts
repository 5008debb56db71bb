import type { ZodType } from 'zod'
import { invalidInput, type InvalidInputError } from '../domain/failure.ts'

export type ParsedInput<Value> = { readonly kind: 'valid'; readonly value: Value } | InvalidInputError

/** Checks an input of a use case, and says of each field what is wrong with it. */
export function parseInput<Value>(schema: ZodType<Value>, input: unknown): ParsedInput<Value> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return { kind: 'valid', value: parsed.data }
  return invalidInput(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
}
