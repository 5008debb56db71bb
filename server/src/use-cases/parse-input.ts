import { z, type ZodType } from 'zod'
import { invalidInput, type InvalidInputError } from '../domain/failure.ts'

export type ParsedInput<Value> = { readonly kind: 'valid'; readonly value: Value } | InvalidInputError

/** A text that can be stored: PostgreSQL's takes no NUL, and no half of a surrogate pair. */
export const text = () =>
  z
    .string()
    .refine((given) => !given.includes('\0') && given.isWellFormed(), 'must not contain U+0000 or half characters')

/** Checks an input of a use case, and says of each field what is wrong with it. */
export function parseInput<Value>(schema: ZodType<Value>, input: unknown): ParsedInput<Value> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return { kind: 'valid', value: parsed.data }
  return invalidInput(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
}

/** The nearest text that PostgreSQL can hold. */
export const toStorable = (text: string): string => text.replaceAll('\0', '').toWellFormed()
