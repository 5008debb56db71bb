import { expect, test } from 'vitest'
import { createDocumentCache } from '../../src/transport/graphql/document-cache.ts'

test('keeps the documents that were used last, however many come', () => {
  const cache = createDocumentCache<number>()
  cache.set('used', -1)
  cache.set('unused', -2)
  for (let i = 0; i < 1_000; i++) {
    cache.set(`document ${i}`, i)
    expect(cache.get('used')).toBe(-1)
  }
  expect(cache.get('unused')).toBeUndefined()
  const kept = Array.from({ length: 1_000 }, (_, i) => cache.get(`document ${i}`)).filter(
    (value) => value !== undefined,
  )
  expect(kept).toHaveLength(199)
})

test('keeps no long documents', () => {
  const cache = createDocumentCache<number>()
  const long = 'x'.repeat(20_000)
  cache.set(long, 1)
  expect(cache.get(long)).toBeUndefined()
})
