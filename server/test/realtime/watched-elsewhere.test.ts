import { expect, it } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { whenTestIsDone } from '../support/cleanup.ts'
import { submit, type ShownExpression } from '../support/expressions.ts'
import { joinAsReplica } from '../support/other-replica.ts'
import { register } from '../support/people.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'

const changes = 'subscription { expressionsChanged { id status } }'

/** A replica with another beside it, and a user at the first whose expression waits for an agent. */
async function besideAnother() {
  const database = await createTestDatabase()
  whenTestIsDone(() => database.drop())
  const other = await joinAsReplica(database.url)
  const app = await startTestApp({ databaseUrl: database.url, alone: false })
  await metOther(app)
  const ada = await register(app, 'ada@example.com')
  await submit(ada, '1+2')
  /** Waits until the other is told what is watched. */
  const heardOf = async (isNew: boolean) => {
    for (;;) {
      const { from, message } = await other.heard.next()
      if (message.kind !== 'watches' || message.what !== 'expressions' || message.isNew !== isNew) continue
      const { what, ids } = message
      return { confirm: () => other.tell({ kind: 'watchAcknowledged', to: from, what, ids }) }
    }
  }
  /** As the other replica does. */
  const cancel = () =>
    other.database.query(`UPDATE expression SET status = 'CANCELLED', finished_at = now(), version = version + 1`)
  return { other, ada, heardOf, cancel }
}

/** Resolves at the heartbeat that brings the other. */
const metOther = ({ app: { services } }: TestApp): Promise<void> =>
  new Promise((resolve) => {
    services.announcer.on('stats', () => {
      if (services.live.state.othersStats().length > 0) resolve()
    })
  })

const rowId = (globalId: string) => Buffer.from(globalId, 'base64').toString().split(':')[1] ?? ''

const cancelled = ({ expressionsChanged }: { expressionsChanged: ShownExpression[] }) =>
  expressionsChanged.some(({ status }) => status === 'CANCELLED')

it('shows what another replica changed before it knew that somebody watches', async () => {
  const { other, ada, heardOf, cancel } = await besideAnother()
  const { inbox } = ada.watch<{ expressionsChanged: ShownExpression[] }>(changes)
  const { confirm } = await heardOf(true)
  // So long that a snapshot that had not waited would have been read.
  for (let turn = 0; turn < 10; turn++) await other.database.query('SELECT 1')
  await cancel()
  await confirm()
  await inbox.until(cancelled)
})

it('shows it too where the other was too late for the snapshot', async () => {
  const { ada, heardOf, cancel } = await besideAnother()
  const { inbox } = ada.watch<{ expressionsChanged: ShownExpression[] }>(changes)
  const { confirm } = await heardOf(true)
  expect(cancelled(await inbox.next())).toBe(false)
  await cancel()
  await confirm()
  await inbox.until(cancelled)
})

it('says that it knows what is watched at another, and tells of its changes', async () => {
  const { other, ada } = await besideAnother()
  const watched = { what: 'expressions', ids: [rowId(ada.userId)] } as const
  await other.tell({ kind: 'watches', ...watched, isNew: true })
  const { message: acknowledged } = await other.heard.until(({ message }) => message.kind === 'watchAcknowledged')
  expect(acknowledged).toEqual({ kind: 'watchAcknowledged', to: other.id, ...watched })
  const { id } = await submit(ada, '3+4')
  await other.heard.until(({ message }) => message.kind === 'expressions' && message.ids.includes(rowId(id)))
})

it('tells what is watched to one that has just come', async () => {
  const { other, ada, heardOf } = await besideAnother()
  ada.watch(changes)
  await heardOf(true)
  await other.tell({ kind: 'hello', silentMs: 0 })
  await heardOf(false)
})
