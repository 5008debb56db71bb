import { keep, readKept } from '../browser-storage.ts'

const storageKey = 'scroll-positions'
/** So many entries of the history are remembered, the newest. */
const capacity = 200

/** How far each entry of this tab's history was scrolled, when one left it last; a reload is survived. */
export class ScrollMemory {
  readonly #tops: Map<string, number>

  constructor() {
    this.#tops = read()
    window.addEventListener('pagehide', () => write(this.#tops))
  }

  of(key: string): number | undefined {
    return this.#tops.get(key)
  }

  keep(key: string, top: number): void {
    this.#tops.delete(key)
    this.#tops.set(key, top)
    for (const oldest of this.#tops.keys()) {
      if (this.#tops.size <= capacity) return
      this.#tops.delete(oldest)
    }
  }
}

/** One is at the top of each page where nothing is kept. */
function read(): Map<string, number> {
  try {
    return new Map(JSON.parse(readKept(storageKey, 'sessionStorage') ?? '[]') as [string, number][])
  } catch {
    return new Map()
  }
}

function write(tops: ReadonlyMap<string, number>): void {
  keep(storageKey, JSON.stringify([...tops]), 'sessionStorage')
}
