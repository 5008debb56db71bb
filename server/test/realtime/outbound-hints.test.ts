import { expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { silentMeter } from '../../src/metering/meter.ts'
import { createAnnouncer, type Announcer } from '../../src/realtime/announcer.ts'
import { Interests } from '../../src/realtime/bridge/interests.ts'
import { decodeMessages, type BridgeMessage } from '../../src/realtime/bridge/message.ts'
import { OutboundHints } from '../../src/realtime/bridge/outbound-hints.ts'
import { Publisher } from '../../src/realtime/bridge/publisher.ts'
import type { Change } from '../../src/realtime/change.ts'
import type { ClusterMessage } from '../../src/realtime/cluster-message.ts'
import type { Live } from '../../src/realtime/live.ts'

/** What a replica that knows what the others watch sends them of what is announced there. */
async function sent(watched: Interests, run: (announcer: Announcer) => void): Promise<readonly BridgeMessage[]> {
  const messages: BridgeMessage[] = []
  const publisher = new Publisher('sender', {
    clock: systemClock,
    meter: silentMeter,
    send: async (payload) => {
      messages.push(...(decodeMessages(payload, 'receiver')?.messages ?? []))
      return true
    },
  })
  // Nothing of what is announced here is asked for there.
  const live = {} as Live
  const announcer = createAnnouncer()
  new OutboundHints({ announcer, publisher, interests: watched, live, isAccompanied: () => true })
  run(announcer)
  await publisher.stop()
  return messages
}

function interests(...watched: readonly Parameters<Interests['add']>[]): Interests {
  const known = new Interests()
  for (let round = 0; round < 3; round++) known.age()
  for (const [what, ids] of watched) known.add(what, ids)
  return known
}

const changed = (id: string, ownerId: string): Change => ({ kind: 'expression', id, ownerId })
const left = (id: string, mayBeElsewhere: boolean): ClusterMessage => ({
  ...{ kind: 'expressionLeft', id, ownerId: 'ada', epoch: 1, mayBeElsewhere },
})

it('tells of the expressions that somebody elsewhere watches, one or those of a user, and of no others', async () => {
  const watched = interests(['expressions', ['ada', 'two']], ['tasks', ['three']])
  const changes = [changed('one', 'ada'), changed('two', 'bob'), changed('three', 'bob'), changed('four', 'ada')]
  expect(await sent(watched, ({ announce }) => changes.forEach(announce))).toEqual([
    { kind: 'expressions', ownerId: 'ada', ids: ['one', 'four'] },
    { kind: 'expressions', ownerId: 'bob', ids: ['two'] },
  ])
})

it('tells of all expressions as long as it cannot know', async () => {
  expect(await sent(new Interests(), ({ announce }) => announce(changed('one', 'ada')))).toHaveLength(1)
})

it('tells that an expression has left whoever shows its tasks or may have some of them', async () => {
  const watched = interests(['tasks', ['shown']], ['expressions', ['ada']])
  const departures = [left('shown', false), left('elsewhere', true), left('neither', false)]
  const messages = await sent(watched, ({ broadcast }) => departures.forEach(broadcast))
  expect(messages.map((message) => message.kind === 'announcement' && message.announcement)).toEqual([
    left('shown', false),
    left('elsewhere', true),
  ])
})

it('sends what is long in parts that fit, and of messages about the same the last', async () => {
  const tasks = Array.from({ length: 1_200 }, (_, task) => task)
  const messages = await sent(new Interests(), ({ broadcast }) => {
    broadcast({ kind: 'logWritten', expressionId: 'one', tasks })
    for (let time = 0; time < 3; time++) {
      broadcast({ kind: 'tasksOffered' })
      broadcast({ kind: 'released', expressionId: 'one', tasks: [{ task: 1, attempt: 1, epoch: 1 }] })
    }
  })
  const kinds = messages.map((message) => message.kind === 'announcement' && message.announcement.kind)
  expect(kinds.filter((kind) => kind === 'logWritten')).toHaveLength(3)
  expect(kinds.filter((kind) => kind === 'tasksOffered')).toHaveLength(1)
  expect(kinds.filter((kind) => kind === 'released')).toHaveLength(3)
})
