import { expect, it, vi } from 'vitest'
import type { BridgeMessage } from '../../src/realtime/bridge/message.ts'
import { systemClock } from '../../src/clock.ts'
import { silentMeter } from '../../src/metering/meter.ts'
import { decodeMessages } from '../../src/realtime/bridge/message.ts'
import { Publisher } from '../../src/realtime/bridge/publisher.ts'

const hint: BridgeMessage = { kind: 'announcement', announcement: { kind: 'expressionQueued', ownerId: 'ada' } }

/** A publisher whose first payloads cannot be sent, and what the others get of it. */
function publishing(refused: number) {
  const received: BridgeMessage[] = []
  const tries: string[] = []
  const publisher = new Publisher('sender', {
    clock: systemClock,
    meter: silentMeter,
    send: async (payload) => {
      tries.push(payload)
      if (tries.length <= refused) return false
      received.push(...(decodeMessages(payload, 'receiver')?.messages ?? []))
      return true
    },
  })
  return { publisher, received, tries }
}

it('tells a hint', async () => {
  const { publisher, received } = publishing(0)
  publisher.add('hint', () => [hint])
  await publisher.stop()
  expect(received).toEqual([hint])
})

it('greets the others once they can be reached, so that they look for what they missed', async () => {
  const { publisher, received, tries } = publishing(2)
  publisher.add('hint', () => [hint])
  const hello = await vi.waitUntil(() => received.find((message) => message.kind === 'hello'), 5_000)
  // Since the first of them: a try a second.
  expect(hello.silentMs).toBeGreaterThan(1_900)
  expect(received).toEqual([hello])
  expect(tries).toHaveLength(3)
  await publisher.stop()
})

it('tells of many things of one kind in one message, each once', async () => {
  const { publisher, received } = publishing(0)
  const telling = (ids: readonly string[]): BridgeMessage[] => [{ kind: 'expressions', ownerId: 'ada', ids }]
  for (const id of ['one', 'two', 'one']) publisher.gather('ada', [id], telling)
  await publisher.stop()
  publisher.gather('ada', ['three'], telling)
  await publisher.stop()
  expect(received).toEqual([...telling(['one', 'two']), ...telling(['three'])])
})

it('stops though nobody can be reached', async () => {
  const { publisher, tries } = publishing(Infinity)
  publisher.add('hint', () => [hint])
  await publisher.stop()
  expect(tries).toHaveLength(1)
})
