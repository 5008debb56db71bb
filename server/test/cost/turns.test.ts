import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atOnce } from '../../src/realtime/worker.ts'
import { slicedJson } from '../../src/transport/http/sliced-json.ts'
import { Turns } from '../../src/use-cases/turns.ts'

/** A clock on which each look takes a millisecond. */
const ticking = () => {
  let time = 0
  return () => (time += 1)
}

const turns = () => new Turns({ now: ticking(), startWatch: () => () => 0, onSpent: () => {} })

test('what comes when the turn is over waits for a later one, and everything else goes before it', async () => {
  const lines = turns()
  while (!lines.isOver);
  const order: string[] = []
  const waited = lines.later('ada', () => order.push('long'))
  setImmediate(() => order.push('everything else'))
  await waited
  await new Promise((resolve) => setImmediate(resolve))
  expect(lines.isOver).toBe(false)
  expect(order.sort()).toEqual(['everything else', 'long'])
})

test('clients take turns, however much one of them asks for', async () => {
  const lines = turns()
  const order: string[] = []
  const work = (client: string) => lines.later(client, () => order.push(client))
  await Promise.all([work('ada'), work('ada'), work('ada'), work('ada'), work('bob')])
  expect(order.indexOf('bob')).toBe(1)
})

test('a long list comes in groups, with turns of the event loop between them', async () => {
  const entries = Array.from({ length: 1_000 }, (_, place) => place)
  let loops = 0
  let isDone = false
  const count = () => {
    loops += 1
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const spread = turns().spread('ada', entries, () => false)
  expect(spread.filter((entry) => typeof entry === 'number').length).toBeLessThan(100)
  expect(await Promise.all(spread.map((entry) => Promise.resolve(entry)))).toEqual(entries)
  isDone = true
  expect(loops).toBeGreaterThan(4)
})

test('once it has ended nothing of a list comes any more', async () => {
  const lines = turns()
  let hasCome = false
  const spread = lines.spread('ada', Array.from({ length: 100 }), () => true)
  for (const entry of spread.slice(50)) void Promise.resolve(entry).then(() => (hasCome = true))
  await lines.later('ada', () => {})
  await new Promise((resolve) => setImmediate(resolve))
  expect(hasCome).toBe(false)
})

test('an answer made into text piece by piece is the text that JSON.stringify makes', async () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.date({ noInvalidDate: true }))
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      // Deeper ones of such lists fill the memory.
      { maxDepth: 2 },
      leaf,
      fc.array(tie('value'), { maxLength: 40, size: 'max' }),
      fc.dictionary(fc.string(), tie('value')),
    ),
  }))
  await fc.assert(
    fc.asyncProperty(value, async (answer) => {
      expect(await slicedJson({ data: answer }, atOnce)).toBe(JSON.stringify({ data: answer }))
    }),
    { numRuns: 200 },
  )
})
