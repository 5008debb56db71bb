import { LRUCache } from 'lru-cache'

interface EntityCacheOptions<Entity> {
  /** Reads entities as they are now, in any order; one that is gone is left out. */
  readonly read: (keys: readonly string[]) => Promise<readonly Entity[]>
  readonly keyOf: (entity: Entity) => string
  readonly versionOf: (entity: Entity) => number
  /** How much memory an entity takes, in characters; without it, a hundred. */
  readonly sizeOf?: (entity: Entity) => number
}

const maxEntities = 10_000
const maxCharacters = 16_000_000

interface Entry<Entity> {
  readonly entity: Entity | undefined
  /** Whether the entity stands, may have changed since, or is being read, and by which read. */
  state: 'stands' | 'dirty' | number
}

/**
 * Entities as they were announced or read, so that what stands is not read again. Whoever announces an entity with its values may not know
 * that another has changed it since: of two states the newer stays, and none that was marked dirty counts before it is read.
 */
export class EntityCache<Entity> {
  readonly #entries: LRUCache<string, Entry<Entity>>
  readonly #options: EntityCacheOptions<Entity>
  #reads = 0

  constructor(options: EntityCacheOptions<Entity>) {
    const { sizeOf = () => 100 } = options
    this.#options = options
    this.#entries = new LRUCache({
      max: maxEntities,
      maxSize: maxCharacters,
      sizeCalculation: ({ entity }) => (entity === undefined ? 1 : 1 + sizeOf(entity)),
    })
  }

  /** An entity as somebody wrote or read it, who may have been overtaken. Returns the newer of that and what is known. */
  put(entity: Entity): Entity {
    return this.#keep(entity)
  }

  /** An entity changed, and nobody said to what. Also of one that is not known: somebody may be about to put what is older. */
  markDirty(key: string): void {
    const entry = this.#entries.get(key)
    if (entry) entry.state = 'dirty'
    else this.#entries.set(key, { entity: undefined, state: 'dirty' })
  }

  /** Word of changes may have been lost. */
  markAllDirty(): void {
    for (const entry of this.#entries.values()) entry.state = 'dirty'
  }

  /** Entities as they are now; what stands is not read. */
  async get(keys: readonly string[]): Promise<Entity[]> {
    const standing: Entity[] = []
    const toRead: string[] = []
    for (const key of keys) {
      const entry = this.#entries.get(key)
      if (entry?.entity !== undefined && entry.state === 'stands') standing.push(entry.entity)
      else toRead.push(key)
    }
    return toRead.length === 0 ? standing : [...standing, ...(await this.read(toRead))]
  }

  /** Entities as they are now, read whatever is known. */
  async read(keys: readonly string[]): Promise<Entity[]> {
    const read = ++this.#reads
    const before = new Map(keys.map((key) => [key, this.#entries.get(key)?.entity]))
    for (const [key, entity] of before) this.#entries.set(key, { entity, state: read })
    const found = await this.#find(keys, read)
    return [...before].flatMap(([key, known]) => {
      const entity = found.get(key)
      const entry = this.#entries.get(key)
      if (entity !== undefined)
        return [this.#keep(entity, entry?.state === read ? 'stands' : (entry?.state ?? 'dirty'))]
      // What was announced while it was read is newer than that there was nothing.
      if (entry?.entity === known) this.#entries.delete(key)
      return []
    })
  }

  async #find(keys: readonly string[], read: number): Promise<ReadonlyMap<string, Entity>> {
    try {
      return new Map((await this.#options.read(keys)).map((entity) => [this.#options.keyOf(entity), entity]))
    } catch (error) {
      for (const key of keys) if (this.#entries.get(key)?.state === read) this.markDirty(key)
      throw error
    }
  }

  #keep(entity: Entity, state?: Entry<Entity>['state']): Entity {
    const { keyOf, versionOf } = this.#options
    const key = keyOf(entity)
    const known = this.#entries.get(key)
    const isOlder = known?.entity !== undefined && versionOf(known.entity) > versionOf(entity)
    const newer = isOlder ? known.entity : entity
    this.#entries.set(key, { entity: newer, state: state ?? known?.state ?? 'stands' })
    return newer
  }
}
