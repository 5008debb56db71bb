import type { z, ZodType } from 'zod'
import { invalidInput, type InvalidInputError } from '../domain/failure.ts'
import { requestError, type RequestError } from './failure.ts'
import type { Route } from './route.ts'

export type Checked<Value> = { readonly kind: 'valid'; readonly value: Value } | RequestError | InvalidInputError

/** The parameters of an address. One that comes twice, or that nobody knows, is more likely a mistake than meant. */
export function checkQuery({ query }: Route, search: string): Checked<unknown> {
  const given = new URLSearchParams(search)
  const values: Record<string, string> = {}
  for (const [name, value] of given) {
    if (Object.hasOwn(values, name)) return requestError('BAD_REQUEST', 'A parameter of the address comes twice.')
    values[name] = value
  }
  if (query === undefined)
    return given.size === 0
      ? { kind: 'valid', value: {} }
      : requestError('BAD_REQUEST', 'This address takes no parameters.')
  return check(query, values, 'The address')
}

/** What a body says, which is JSON, or for some routes plain text. */
export function checkBody({ body, textBody }: Route, text: string, isPlain: boolean): Checked<unknown> {
  if (body === undefined) return { kind: 'valid', value: undefined }
  if (isPlain && textBody !== undefined) return check(body, textBody(text.replace(/\r?\n$/, '')), 'The body')
  try {
    return check(body, JSON.parse(text), 'The JSON of the body')
  } catch {
    return requestError('BAD_REQUEST', 'The body is not valid JSON.')
  }
}

/** What has another form than it should is a bad request; its values the use cases look at. */
function check(schema: ZodType, given: unknown, what: string): Checked<unknown> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return { kind: 'valid', value: parsed.data }
  const { code, message, fields } = invalidInput(flat(parsed.error.issues).slice(0, 5), 'BAD_REQUEST')
  return { ...requestError(code, `${what} is not as it should be: ${message}`.slice(0, 500)), fields }
}

/** Of a choice the issues of the alternative that comes nearest: which has the fewest. */
function flat(issues: readonly z.core.$ZodIssue[]): { path: string; message: string }[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0)
      return [{ path: issue.path.join('.') || 'it', message: issue.message }]
    const [nearest = []] = issue.errors.toSorted((a, b) => a.length - b.length)
    return flat(nearest)
  })
}
