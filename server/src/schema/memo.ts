/** There already, or soon. */
export type Soon<Value> = Value | Promise<Value>

/** Prisma's promises are none of JavaScript's class. */
const isPromise = <Value>(value: Soon<Value>): value is Promise<Value> =>
  typeof (value as { readonly then?: unknown } | null)?.then === 'function'

/** Without a promise where the value is there: a list of thousands would make one for each field of each entry. */
export const whenThere = <Value, Result>(value: Soon<Value>, then: (value: Value) => Soon<Result>): Soon<Result> =>
  isPromise(value) ? value.then(then) : then(value)

/** Values by key, each made once. */
export class Memo<Key, Value> {
  readonly #values = new Map<Key, { value: Soon<Value> }>()

  /** What is being made is a promise, the same for all; once it is there, the value itself. */
  get(key: Key, make: () => Soon<Value>): Soon<Value> {
    const known = this.#values.get(key)
    if (known) return known.value
    const entry = { value: make() }
    this.#values.set(key, entry)
    if (isPromise(entry.value))
      entry.value.then(
        (value) => (entry.value = value),
        // Whoever asked for it is told.
        () => {},
      )
    return entry.value
  }
}
