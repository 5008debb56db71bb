import { z } from 'zod'

export type JsonSchema = Record<string, unknown>

const definitions = '#/$defs/'
const components = '#/components/schemas/'

/** JSON schemas of a document; those that have a name stand once, and are referred to. */
export class Schemas {
  readonly #named = new Map<string, JsonSchema>()

  /** @param io what is sent to the server, or what it answers */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    // Within another one a named schema is referred to, too.
    const made = z.toJSONSchema(z.object({ schema }), { io, target: 'draft-2020-12', unrepresentable: 'any' })
    const { properties, $defs = {} } = JSON.parse(JSON.stringify(made).replaceAll(definitions, components)) as {
      properties: { schema: JsonSchema }
      $defs?: Record<string, JsonSchema>
    }
    for (const [name, definition] of Object.entries($defs)) this.#named.set(name, cleaned(definition, io))
    return cleaned(properties.schema, io)
  }

  get named(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#named].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
}

/** Without zod's own names, and with room for fields that later versions answer with. */
function cleaned(value: JsonSchema, io: 'input' | 'output'): JsonSchema {
  const entries = Object.entries(value).filter(
    ([key, held]) => key !== 'id' && !(io === 'output' && key === 'additionalProperties' && held === false),
  )
  return Object.fromEntries(
    entries.map(([key, held]) => [key, key === 'properties' ? fields(held, io) : within(held, io)]),
  )
}

/** A field may be called as a keyword is. */
const fields = (value: unknown, io: 'input' | 'output'): unknown =>
  Object.fromEntries(Object.entries(value as JsonSchema).map(([name, field]) => [name, within(field, io)]))

function within(value: unknown, io: 'input' | 'output'): unknown {
  if (Array.isArray(value)) return value.map((entry) => within(entry, io))
  return typeof value === 'object' && value !== null ? cleaned(value as JsonSchema, io) : value
}
