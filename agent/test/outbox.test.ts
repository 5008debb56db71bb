import { describe, expect, it } from 'vitest'
import { Outbox } from '../src/session/outbox.ts'

const result = (ticket: string, value = '1') => ({ ticket, value, elapsedMs: 1 })

function outboxWith(...tickets: string[]): Outbox {
  const outbox = new Outbox()
  for (const ticket of tickets) outbox.add(result(ticket))
  return outbox
}

describe('Outbox', () => {
  it('keeps results until there is a receipt of whatever kind', () => {
    const outbox = outboxWith('a', 'b', 'c', 'd')
    const batch = outbox.batch()
    expect(outbox.tickets()).toEqual(['a', 'b', 'c', 'd'])
    outbox.add(result('e'))
    expect(outbox.settle(batch, ['ACCEPTED', 'DUPLICATE', 'NOT_NEEDED', 'REFUSED'])).toBe(1)
    expect(outbox.tickets()).toEqual(['e'])
  })

  it('gives each result once, until what is under way is taken back', () => {
    const outbox = outboxWith('a', 'b')
    const batch = outbox.batch()
    outbox.add(result('c'))
    expect(outbox.batch()).toEqual([result('c')])
    expect(outbox.batch()).toEqual([])
    expect(outbox.size).toBe(3)
    outbox.settle(batch.slice(0, 1), ['ACCEPTED'])
    outbox.add(result('d'))
    outbox.takeBack()
    expect(outbox.batch()).toEqual([result('b'), result('c'), result('d')])
  })

  it('passes over what was revoked before it was sent', () => {
    const outbox = outboxWith('a', 'b', 'c')
    outbox.drop(['a', 'c'])
    outbox.add(result('c', '2'))
    expect(outbox.batch()).toEqual([result('b'), result('c', '2')])
    expect(outbox.batch()).toEqual([])
  })

  it('gives at most 1000 results at once, the oldest first', () => {
    const outbox = outboxWith(...Array.from({ length: 1500 }, (_, index) => `t${index}`))
    const batch = outbox.batch()
    expect(batch).toHaveLength(1000)
    expect(batch[999]?.ticket).toBe('t999')
  })

  it('keeps a batch of long values within the frame limit of the server', () => {
    const outbox = new Outbox()
    for (let index = 0; index < 1000; index += 1) outbox.add(result(`t${index}`, '7'.repeat(20_001)))
    const batch = outbox.batch()
    expect(batch.length).toBeGreaterThan(20)
    expect(JSON.stringify(batch).length).toBeLessThan(1024 * 1024)
  })

  it('gives one result however long it is', () => {
    const outbox = new Outbox()
    outbox.add(result('long', '7'.repeat(600_000)))
    outbox.add(result('next'))
    expect(outbox.batch().map(({ ticket }) => ticket)).toEqual(['long'])
  })

  it('forgets what was revoked, also while it is under way', () => {
    const outbox = outboxWith('a', 'b')
    const batch = outbox.batch()
    outbox.drop(['a', 'unknown'])
    expect(outbox.tickets()).toEqual(['b'])
    expect(outbox.settle(batch, ['NOT_NEEDED', 'ACCEPTED'])).toBe(0)
    expect(outbox.size).toBe(0)
  })
})
