import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { correctedOffset, now } from '../src/clock.ts'
import { timedFetch } from '../src/transport/timed-fetch.ts'

const noon = Date.parse('2026-01-01T12:00:00.000Z')
const hour = 3_600_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Asks at a moment by the browser's clock, of a server whose clock is ahead by so much; its answer takes a tenth of a second. */
async function ask(at: number, aheadMs: number, headers: (date: string) => HeadersInit = (date) => ({ date })) {
  vi.setSystemTime(at)
  vi.stubGlobal('fetch', async () => {
    const date = new Date(at + 50 + aheadMs).toUTCString()
    vi.setSystemTime(at + 100)
    return new Response('{}', { headers: headers(date) })
  })
  await timedFetch('/graphql')
  vi.setSystemTime(at + 100)
  return now() - Date.now()
}

describe('the time', () => {
  it('is the browser’s where that may be right, without a jump', async () => {
    for (const aheadMs of [0, 300, -300]) expect(await ask(noon + 400, aheadMs)).toBe(0)
    expect(await ask(noon + 400, hour, () => ({}))).toBe(0)
  })

  it.each([hour, -hour])('is the server’s within a second where the browser’s is wrong: by %d', async (aheadMs) => {
    const first = await ask(noon + 400, aheadMs)
    expect(Math.abs(first - aheadMs)).toBeLessThan(600)
    expect(Math.abs((await ask(noon + 7_900, aheadMs)) - aheadMs)).toBeLessThan(1_100)
    // The clock was put right.
    expect(Math.abs(await ask(noon + 9_400, 0))).toBeLessThan(600)
  })

  it('is no further off for an answer that took long', () => {
    const told = { sentAt: noon, receivedAt: noon + 20_000, date: new Date(noon + 10_000).toUTCString() }
    expect(correctedOffset(0, told)).toBe(0)
    expect(correctedOffset(-9_000, told)).toBe(-9_000)
    expect(correctedOffset(0, { ...told, date: 'nonsense' })).toBe(0)
  })
})
