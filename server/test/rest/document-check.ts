import { z } from 'zod'
import type { OpenApi, ResponseObject } from '../../src/rest/openapi/document.ts'

type Schema = Record<string, unknown>

/** What is wrong with an answer by the document, or null. Fields that the document does not name are wrong. */
export function problemWith(
  document: OpenApi,
  { method, path, status, type, text }: { method: string; path: string; status: number; type: string; text: string },
): string | null {
  const methods = Object.entries(document.paths).find(([template]) => matches(template, path))?.[1]
  const responses = methods?.[method.toLowerCase()]?.responses
  if (responses === undefined) return status === 404 || status === 405 ? null : `the document has no ${method} ${path}`
  const response: ResponseObject | undefined = responses[status] ?? (status >= 400 ? responses['default'] : undefined)
  if (response === undefined) return `${method} ${path} is not to answer ${status}`
  if (text === '') return response.content === undefined || status === 202 ? null : `${status} without a body`
  const media = response.content?.[type.split(';', 1)[0] ?? '']
  if (media === undefined) return `${method} ${path} is not to answer ${status} with ${type}`
  if (!type.includes('json')) return null
  const parsed = validatorOf(document, media.schema).safeParse(JSON.parse(text))
  return parsed.success ? null : `${method} ${path} ${status}: ${z.prettifyError(parsed.error)}\n${text}`
}

const matches = (template: string, path: string) =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?', 1)[0] ?? '')

const validators = new WeakMap<Schema, z.ZodType>()

function validatorOf({ components }: OpenApi, schema: Schema): z.ZodType {
  const known = validators.get(schema)
  if (known) return known
  const whole = JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...schema,
    $defs: components.schemas,
  })
  const own = JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')) as Schema
  const validator = z.fromJSONSchema(strict(own) as never)
  validators.set(schema, validator)
  return validator
}

function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, held]) => [key, strict(held)])
  const made = Object.fromEntries(entries) as Schema
  return made['type'] === 'object' && 'properties' in made ? { additionalProperties: false, ...made } : made
}
