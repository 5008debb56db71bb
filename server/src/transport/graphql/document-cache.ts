/** A parsed document takes up to 400 KB, and anyone may send as many as they like. Pages and agents use a few dozen. */
const maxDocuments = 200
const maxLength = 16_384

/** Keeps what belongs to the documents that were used last; long ones are parsed each time. */
export function createDocumentCache<Value>() {
  const entries = new Map<string, Value>()
  return {
    get(document: string): Value | undefined {
      const value = entries.get(document)
      if (value === undefined) return undefined
      // Last in a map's order is last used.
      entries.delete(document)
      entries.set(document, value)
      return value
    },
    set(document: string, value: Value) {
      if (document.length > maxLength) return
      entries.set(document, value)
      const [oldest] = entries.keys()
      if (entries.size > maxDocuments && oldest !== undefined) entries.delete(oldest)
    },
  }
}
