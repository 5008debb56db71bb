import { LRUCache } from 'lru-cache'

/** A parsed document takes up to 400 KB, and anyone may send as many as they like. Pages and agents use a few dozen. */
const maxDocuments = 200
const maxLength = 16_384

/** Keeps what belongs to the documents that were used last; long ones are parsed each time. */
export function createDocumentCache<Value extends NonNullable<unknown>>() {
  const entries = new LRUCache<string, Value>({ max: maxDocuments })
  return {
    get: (document: string): Value | undefined => entries.get(document),
    set(document: string, value: Value) {
      if (document.length <= maxLength) entries.set(document, value)
    },
  }
}
