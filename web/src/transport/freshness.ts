/** What the server sends: data of a response, or a part of it. */
type Json = null | boolean | number | string | Json[] | JsonObject
interface JsonObject {
  [key: string]: Json | undefined
}

interface Entity extends JsonObject {
  __typename: string
  id: string
  version: number
}

function isEntity(object: JsonObject): object is Entity {
  return typeof object.__typename === 'string' && typeof object.id === 'string' && typeof object.version === 'number'
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Answers and events overtake each other on their way. This remembers the newest payload of each entity (type, id) by its
 * version, and puts it in the place of an older one, however deep in a response. So nothing that is shown goes backwards.
 */
export class Freshness {
  readonly #newest = new Map<string, Entity>()

  /** The response with every entity in it as new as it was ever seen. Gives back the same object where nothing was stale. */
  freshen<Data>(data: Data): Data {
    return this.#freshen(data as Json) as Data
  }

  /** After a lost connection the server's snapshots count, even if they begin at a lower version. */
  forget(): void {
    this.#newest.clear()
  }

  #freshen(value: Json | undefined): Json | undefined {
    if (Array.isArray(value)) return this.#freshenList(value)
    if (!isObject(value)) return value
    if (!isEntity(value)) return this.#freshenFields(value)

    const key = `${value.__typename}:${value.id}`
    const newest = this.#newest.get(key)
    const fresh = this.#freshenFields(newest && newest.version > value.version ? overlay(value, newest) : value)
    if (!newest || newest.version <= value.version) {
      // Two selections of one version complete each other.
      this.#newest.set(key, (newest?.version === value.version ? { ...newest, ...fresh } : fresh) as Entity)
    }
    return fresh
  }

  #freshenList(list: Json[]): Json[] {
    const fresh = list.map((item) => this.#freshen(item) ?? null)
    return fresh.some((item, index) => item !== list[index]) ? fresh : list
  }

  #freshenFields(object: JsonObject): JsonObject {
    let fresh = object
    for (const [name, value] of Object.entries(object)) {
      const next = this.#freshen(value)
      if (next === value) continue
      if (fresh === object) fresh = { ...object }
      fresh[name] = next
    }
    return fresh
  }
}

/** The stale object's selection with the values of the newest. What only the stale one selected stays as it is. */
function overlay(stale: JsonObject, newest: JsonObject): JsonObject {
  const merged: JsonObject = { ...stale }
  for (const [name, staleValue] of Object.entries(stale)) {
    const value = newest[name]
    if (value === undefined) continue
    merged[name] =
      isObject(staleValue) && isObject(value) && staleValue.__typename === value.__typename && !isEntity(value)
        ? overlay(staleValue, value)
        : value
  }
  return merged
}
