import { expect, it } from 'vitest'
import type { Announcement } from '../../src/realtime/announcer.ts'
import { systemClock } from '../../src/clock.ts'
import { Interests } from '../../src/realtime/bridge/interests.ts'
import { decodeMessages, type BridgeMessage } from '../../src/realtime/bridge/message.ts'
import { Publisher } from '../../src/realtime/bridge/publisher.ts'
import { Telling } from '../../src/realtime/bridge/telling.ts'
import type { Live } from '../../src/realtime/live.ts'

/** What is told of announcements by a replica that knows what the others watch. */
async function told(watched: Interests, ...announcements: readonly Announcement[]): Promise<readonly BridgeMessage[]> {
  const messages: BridgeMessage[] = []
  const publisher = new Publisher('sender', {
    clock: systemClock,
    send: async (payload) => {
      messages.push(...(decodeMessages(payload, 'receiver')?.messages ?? []))
      return true
    },
  })
  // Nothing of what is announced here is asked for there.
  const live = {} as Live
  const telling = new Telling({ publisher, interests: watched, live, isAccompanied: () => true })
  for (const announcement of announcements) telling.publish(announcement)
  await publisher.stop()
  return messages
}

function interests(...watched: readonly Parameters<Interests['note']>[]): Interests {
  const known = new Interests()
  for (let round = 0; round < 3; round++) known.age()
  for (const [what, ids] of watched) known.note(what, ids)
  return known
}

const changed = (id: string, ownerId: string): Announcement => ({ kind: 'expression', id, ownerId })
const left = (id: string, wasLent: boolean): Announcement => ({ kind: 'expressionLeft', id, ownerId: 'ada', wasLent })

it('tells of the expressions that somebody elsewhere watches, one or those of a user, and of no others', async () => {
  const watched = interests(['expressions', ['ada', 'two']], ['tasks', ['three']])
  const changes = [changed('one', 'ada'), changed('two', 'bob'), changed('three', 'bob'), changed('four', 'ada')]
  expect(await told(watched, ...changes)).toEqual([
    { kind: 'expressions', ownerId: 'ada', ids: ['one', 'four'] },
    { kind: 'expressions', ownerId: 'bob', ids: ['two'] },
  ])
})

it('tells of all expressions as long as it cannot know', async () => {
  expect(await told(new Interests(), changed('one', 'ada'))).toHaveLength(1)
})

it('tells that an expression has left whoever shows its tasks or may have some of them', async () => {
  const watched = interests(['tasks', ['shown']], ['expressions', ['ada']])
  const messages = await told(watched, left('shown', false), left('lent', true), left('neither', false))
  expect(messages.map((message) => message.kind === 'announcement' && message.announcement)).toEqual([
    left('shown', false),
    left('lent', true),
  ])
})
