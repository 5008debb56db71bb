import { Client, subscriptionExchange } from '@urql/core'
import { pipe, subscribe } from 'wonka'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lastingSubscription, type Sink } from '../src/transport/lasting-subscription.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const error = (code: string, more: object = {}) => ({ message: code, extensions: { code, ...more } })

/** A subscription whose server is the test: each time it begins it is one more of `begun`. */
function start() {
  const begun: Sink[] = []
  let ended = 0
  const told: unknown[] = []
  const connect = (sink: Sink) => (begun.push(sink), () => void (ended += 1))
  const sink = {
    next: ({ data, errors = [] }: Parameters<Sink['next']>[0]) =>
      void told.push(data ?? errors.map(({ message }) => message).join()),
    error: () => void told.push('broken'),
    complete: () => void told.push('over'),
  }
  const stop = lastingSubscription(connect, sink, () => 1)
  return { begun, told, stop, ended: () => ended }
}

describe('a subscription that the server ends', () => {
  it.each(['SERVICE_UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR'])(
    'begins anew where the reason passes: %s',
    (code) => {
      const { begun, told } = start()
      begun[0]?.next({ data: { a: 1 } })
      begun[0]?.next({ errors: [error(code)] })
      begun[0]?.complete()
      expect(begun).toHaveLength(1)
      vi.advanceTimersByTime(500)
      begun[1]?.next({ data: { a: 2 } })
      expect(told).toEqual([{ a: 1 }, code, { a: 2 }])
    },
  )

  it('begins anew ever more slowly, and no sooner than the server wants', () => {
    const { begun } = start()
    for (const [place, wait] of [500, 1_000, 2_000].entries()) {
      begun[place]?.error([error('SERVICE_UNAVAILABLE')])
      vi.advanceTimersByTime(wait - 1)
      expect(begun).toHaveLength(place + 1)
      vi.advanceTimersByTime(1)
      expect(begun).toHaveLength(place + 2)
    }
    begun[3]?.error([error('RATE_LIMITED', { retryAfterSeconds: 60 })])
    vi.advanceTimersByTime(59_999)
    expect(begun).toHaveLength(4)
    vi.advanceTimersByTime(1)
    expect(begun).toHaveLength(5)
  })

  it('is over where there is nothing to watch any longer', () => {
    const { begun, told } = start()
    begun[0]?.next({ data: { a: 1 } })
    begun[0]?.complete()
    vi.advanceTimersByTime(500)
    begun[1]?.next({ errors: [error('NOT_FOUND')] })
    begun[1]?.complete()
    vi.advanceTimersByTime(60_000)
    expect(begun).toHaveLength(2)
    expect(told).toEqual([{ a: 1 }, 'NOT_FOUND', 'over'])
  })

  it('does not begin anew for one who has left', () => {
    const { begun, stop, ended } = start()
    begun[0]?.complete()
    stop()
    vi.advanceTimersByTime(60_000)
    expect([begun.length, ended()]).toEqual([1, 1])
  })

  it('leaves no error behind in urql', async () => {
    const begun: Sink[] = []
    const forwardSubscription = () => ({
      subscribe: (sink: Sink) => ({
        unsubscribe: lastingSubscription(
          (lasting) => (begun.push(lasting), () => {}),
          sink,
          () => 1,
        ),
      }),
    })
    const exchange = subscriptionExchange({ forwardSubscription: forwardSubscription as never })
    const client = new Client({ url: 'http://server', exchanges: [exchange], preferGetMethod: false })
    const told: unknown[] = []
    const { unsubscribe } = pipe(
      client.subscription('subscription { a }', {}),
      subscribe(({ data, error }) => told.push([data, error?.message])),
    )
    await vi.advanceTimersByTimeAsync(0)
    begun[0]?.next({ data: { a: 1 } })
    begun[0]?.error([error('SERVICE_UNAVAILABLE')])
    await vi.advanceTimersByTimeAsync(500)
    begun[1]?.next({ data: { a: 2 } })
    unsubscribe()
    expect(told.at(-1)).toEqual([{ a: 2 }, undefined])
  })
})
