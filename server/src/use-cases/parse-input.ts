import { z, type ZodType } from 'zod'
import { invalidInput, type InvalidInputError } from '../domain/failure.ts'

export type ParsedInput<Value> = { readonly kind: 'valid'; readonly value: Value } | InvalidInputError

/**
 * A text that can be stored: PostgreSQL's takes no NUL, and no half of a surrogate pair. Its length as it came, in code units, is looked at
 * before anything else: to trim, normalise or match a text may take far longer than to read it.
 */
export const text = ({ max }: { readonly max: number }) =>
  z
    .string()
    .max(max, { error: `must have at most ${max} characters`, abort: true })
    .refine((given) => !given.includes('\0') && given.isWellFormed(), 'must not contain U+0000 or half characters')

const maxNameLength = 100

/** Control characters, line ends, what is not seen, and what changes the direction of what follows: a name with them shows as another. */
const misleading = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/u
const visible = /[^\p{C}\p{Z}\p{M}]/u

/** The name of something that people are shown, with some room for space around it. */
export const displayName = () =>
  text({ max: 4 * maxNameLength })
    .trim()
    .min(1, 'must not be empty')
    .max(maxNameLength, `must have at most ${maxNameLength} characters`)
    .refine(
      (name) => !misleading.test(name),
      'must not contain control characters, line breaks, invisible characters or marks that change the direction of text',
    )
    .refine((name) => name === '' || visible.test(name), 'must have a character that can be seen')

/** Checks an input of a use case, and says of each field what is wrong with it. */
export function parseInput<Value>(schema: ZodType<Value>, input: unknown): ParsedInput<Value> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return { kind: 'valid', value: parsed.data }
  return invalidInput(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
}

const unprintable = /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** The nearest text that PostgreSQL can hold and people can be shown. */
export const toStorable = (text: string): string => text.replace(unprintable, '').toWellFormed()
