import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { timers } from '../../src/clock.ts'
import { Bucket } from '../../src/realtime/feed/bucket.ts'
import { clientAddress } from '../../src/transport/client/forwarded.ts'

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

test.each([
  ['no proxy is trusted', 0, '192.0.2.9', '192.0.2.1', '192.0.2.9'],
  ['one is', 1, '192.0.2.9', '192.0.2.1', '192.0.2.1'],
  ['the client wrote entries of its own', 1, '192.0.2.9', '10.0.0.1, 192.0.2.1', '192.0.2.1'],
  ['two are', 2, '192.0.2.9', '10.0.0.1, 192.0.2.1, 192.0.2.8', '192.0.2.1'],
  ['there are fewer entries than proxies', 2, '192.0.2.9', '192.0.2.1', '192.0.2.1'],
  ['there is no entry', 1, '192.0.2.9', undefined, '192.0.2.9'],
  ['the entry is no address', 1, '192.0.2.9', 'unknown', '192.0.2.9'],
  ['the system shows IPv4 as IPv6', 0, '::ffff:192.0.2.9', undefined, '192.0.2.9'],
  ['the address names its interface', 0, 'fe80::1%eth0', undefined, 'fe80::1'],
])('the address where %s', (_name, proxies, direct, forwarded, address) => {
  expect(clientAddress(request(direct, forwarded), proxies)).toBe(address)
})

test('a budget of messages refills with time, up to its burst', () => {
  let now = 0
  const budget = new Bucket({ now: () => now, ...timers }, { size: 3, perMs: 10 / 1_000 })
  const take = (count: number) => Array.from({ length: count }, () => budget.afford(1))
  expect(take(4)).toEqual([true, true, true, false])
  now = 100
  expect(take(2)).toEqual([true, false])
  now = 60_000
  expect(take(4)).toEqual([true, true, true, false])
  // A clock set back gives and takes nothing.
  now = 0
  expect(take(1)).toEqual([false])
  now = 100
  expect(take(2)).toEqual([true, false])
})
