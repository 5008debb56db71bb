import type { Worker } from '../../realtime/worker.ts'

/** So many entries of a list become text at once: some tenths of a millisecond. */
const groupSize = 16

/** How deep a long list is looked for, in lists and objects within each other. */
const maxDepth = 6

/** What JSON.stringify makes of an answer, in turns with everything else: of one with 5 000 tasks that takes a tenth of a second. */
export async function slicedJson(value: unknown, worker: Worker): Promise<string> {
  const pieces: string[] = []
  for (const piece of piecesOf(value)) pieces.push(typeof piece === 'string' ? piece : await worker.run(piece))
  return pieces.join('')
}

function* piecesOf(value: unknown): Generator<string | (() => string)> {
  if (Array.isArray(value)) yield* piecesOfList(value)
  else if (isObject(value) && hasLongList(value)) yield* piecesOfObject(value)
  else yield () => JSON.stringify(value)
}

function* piecesOfList(list: readonly unknown[]): Generator<string | (() => string)> {
  yield '['
  for (let place = 0; place < list.length; place += groupSize) {
    const group = list.slice(place, place + groupSize)
    if (place > 0) yield ','
    if (!group.some((entry) => hasLongList(entry))) yield () => JSON.stringify(group).slice(1, -1)
    else
      for (const [index, entry] of group.entries()) {
        if (index > 0) yield ','
        yield* piecesOf(entry)
      }
  }
  yield ']'
}

function* piecesOfObject(object: object): Generator<string | (() => string)> {
  yield '{'
  let isFirst = true
  for (const [key, value] of Object.entries(object)) {
    // As JSON.stringify leaves it out.
    if (value === undefined || typeof value === 'function') continue
    yield `${isFirst ? '' : ','}${JSON.stringify(key)}:`
    yield* piecesOf(value)
    isFirst = false
  }
  yield '}'
}

/** Not a date or the like, which have a text of their own. */
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !('toJSON' in value)

function hasLongList(value: unknown, depth = maxDepth): boolean {
  if (!isObject(value) || depth === 0) return false
  if (Array.isArray(value)) return value.length > groupSize || value.some((entry) => hasLongList(entry, depth - 1))
  for (const key in value) if (hasLongList((value as Record<string, unknown>)[key], depth - 1)) return true
  return false
}
