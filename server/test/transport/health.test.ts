import { expect, test } from 'vitest'
import { timers } from '../../src/clock.ts'
import { startTransport } from './test-transport.ts'

test('/health tells that the process lives, whatever the database does', async () => {
  const { origin } = await startTransport({ pingDatabase: () => Promise.reject(new Error('gone')) })
  const response = await fetch(`${origin}/health`)
  expect([response.status, await response.json()]).toEqual([
    200,
    { status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string },
  ])
})

test('/ready asks the database, at most once a second', async () => {
  let now = 0
  let pings = 0
  let up = true
  const pingDatabase = () => {
    pings += 1
    return up ? Promise.resolve() : Promise.reject(new Error('gone'))
  }
  const { origin } = await startTransport({ clock: { now: () => now, ...timers }, pingDatabase })
  const ready = async () => {
    const response = await fetch(`${origin}/ready`)
    return [response.status, await response.json()] as const
  }
  expect(await ready()).toEqual([200, { status: 'ready' }])
  up = false
  now = 999
  expect(await ready()).toEqual([200, { status: 'ready' }])
  expect(pings).toBe(1)
  now = 1_000
  expect(await ready()).toEqual([503, { status: 'unavailable', reasons: ['the database does not answer'] }])
  up = true
  now = 2_000
  expect(await ready()).toEqual([200, { status: 'ready' }])
  expect(pings).toBe(3)
})

test('/ready does not wait for a database that hangs, nor ask it again meanwhile', async () => {
  let pings = 0
  const pingDatabase = () => {
    pings += 1
    return new Promise(() => {})
  }
  const { origin } = await startTransport({ pingDatabase })
  for (let i = 0; i < 2; i++) expect((await fetch(`${origin}/ready`)).status).toBe(503)
  expect(pings).toBe(1)
})

test('both answer HEAD, and no other method', async () => {
  const { origin } = await startTransport()
  for (const path of ['/health', '/ready']) {
    const head = await fetch(origin + path, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await fetch(origin + path, { method: 'POST' })).status).toBe(405)
  }
})
