import type { Span } from '../span.ts'
import type { NodeIndex } from './ast.ts'

/** Longer names would be most of what is told of a range's tasks. */
export const maxNameLength = 40

/** What names stand for, where the parser has got to. */
export class Names {
  readonly #meanings = new Map<string, NodeIndex>()
  /** Bindings that nothing has used so far, in the order of the source. */
  readonly #unused = new Map<string, Span>()

  get isEmpty(): boolean {
    return this.#meanings.size === 0
  }

  has(name: string): boolean {
    return this.#meanings.has(name)
  }

  /** The node that a name stands for, which is used from here on; undefined where it stands for nothing. */
  use(name: string): NodeIndex | undefined {
    const meaning = this.#meanings.get(name)
    if (meaning !== undefined) this.#unused.delete(name)
    return meaning
  }

  bind(name: string, value: NodeIndex, span: Span): void {
    this.#meanings.set(name, value)
    this.#unused.set(name, span)
  }

  /** The variable of a range, whose body begins. */
  enter(variable: string, range: NodeIndex): void {
    this.#meanings.set(variable, range)
  }

  /** The body of a range is over. */
  leave(variable: string): void {
    this.#meanings.delete(variable)
  }

  get all(): Iterable<string> {
    return this.#meanings.keys()
  }

  /** The first binding that nothing uses. */
  get firstUnused(): Span | undefined {
    for (const span of this.#unused.values()) return span
    return undefined
  }
}
