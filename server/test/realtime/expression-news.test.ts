import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { ExpressionNews } from '../../src/realtime/bridge/expression-news.ts'
import { encodeMessages } from '../../src/realtime/bridge/message.ts'

const ownerId = v7()

test('each expression is told once, and one that has left not as changed besides', () => {
  const [one, other] = [v7(), v7()]
  const news = new ExpressionNews(ownerId)
  news.noteChanged(one)
  news.noteChanged(other)
  news.noteChanged(one)
  news.noteLeft(one)
  expect(news.messages()).toEqual([
    { kind: 'expressionsChanged', ownerId, ids: [other] },
    { kind: 'expressionsLeft', ownerId, ids: [one] },
  ])
})

test('one that has changed since it left is told as both', () => {
  const id = v7()
  const news = new ExpressionNews(ownerId)
  news.noteLeft(id)
  news.noteChanged(id)
  expect(news.messages().map(({ kind }) => kind)).toEqual(['expressionsChanged', 'expressionsLeft'])
})

test('of thousands each message fits into a payload, and none is left out', () => {
  const ids = Array.from({ length: 5_000 }, () => v7())
  const news = new ExpressionNews(ownerId)
  for (const id of ids) news.noteLeft(id)
  const messages = news.messages()
  expect(messages.flatMap((message) => (message.kind === 'expressionsLeft' ? message.ids : []))).toEqual(ids)
  // PostgreSQL takes payloads below 8000 bytes.
  for (const payload of encodeMessages(v7(), messages)) expect(Buffer.byteLength(payload)).toBeLessThan(8_000)
})
