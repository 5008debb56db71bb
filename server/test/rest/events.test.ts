import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { whenTestIsDone } from '../support/cleanup.ts'
import { createPersonalToken } from '../support/people.ts'
import { startWorld } from '../support/world.ts'
import { restClient } from './client.ts'

interface Event {
  readonly event: string
  readonly id: string
  readonly data: Record<string, unknown>
}

/** Reads a stream event by event, as EventSource does. */
async function* eventsOf(response: Response): AsyncGenerator<Event> {
  let text = ''
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk)
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]))
      const data = fields.get('data')
      if (data !== undefined)
        yield { event: fields.get('event') ?? '', id: fields.get('id') ?? '', data: JSON.parse(data) as Event['data'] }
    }
  }
}

const submit = async (world: Awaited<ReturnType<typeof startWorld>>, source: string) => {
  const { body } = await restClient(world.app, world.admin.token).ask('/expressions', { json: { source } })
  return String(body['id'])
}

test('a stream begins with the expression as it is, and ends with its end', async () => {
  const world = await startWorld()
  const { open } = restClient(world.app, world.admin.token)
  const id = await submit(world, '2+2*2')
  const response = await open(`/expressions/${id}/events`)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const events = eventsOf(response)
  expect((await events.next()).value).toMatchObject({ event: 'expression', data: { id, status: 'QUEUED' } })
  const agent = await world.openAgent()
  await agent.solve(...(await agent.take(1)))
  await agent.solve(...(await agent.take(1)))
  const rest: Event[] = []
  for await (const event of events) rest.push(event)
  expect(rest.at(-1)).toMatchObject({ data: { status: 'SUCCEEDED', result: { decimal: '6' } } })
  const versions = rest.map((event) => Number(event.id))
  expect(versions).toEqual(versions.toSorted((a, b) => a - b))

  // Who has seen the end is told that there is no more; who has not, or says what cannot be, is shown it.
  const headers = { 'last-event-id': rest.at(-1)?.id ?? '' }
  expect((await open(`/expressions/${id}/events`, { headers })).status).toBe(204)
  for (const seen of ['1', '9999999999999999', 'x']) {
    const again = eventsOf(await open(`/expressions/${id}/events`, { headers: { 'last-event-id': seen } }))
    expect((await again.next()).value).toMatchObject({ data: { status: 'SUCCEEDED' } })
    expect((await again.next()).done).toBe(true)
  }
})

test('who comes back is told only what is newer', async () => {
  const world = await startWorld()
  const { open, ask } = restClient(world.app, world.admin.token)
  const id = await submit(world, '1+2')
  const first = (await eventsOf(await open(`/expressions/${id}/events`)).next()).value as Event
  const events = eventsOf(await open(`/expressions/${id}/events`, { headers: { 'last-event-id': first.id } }))
  const next = events.next()
  // Who is new has seen what the other would be told, too.
  await eventsOf(await open(`/expressions/${id}/events`)).next()
  await ask(`/expressions/${id}/cancel`, { method: 'POST' })
  expect((await next).value).toMatchObject({ data: { status: 'CANCELLED' } })
  expect((await events.next()).done).toBe(true)
})

test('a stream ends with a deletion, tells of a revoked token, and is cut off where the server stops', async () => {
  const world = await startWorld()
  const { open, ask } = restClient(world.app, world.admin.token)
  const [first, second] = [await submit(world, '1+2'), await submit(world, '1+3')]
  const deleted = eventsOf(await open(`/expressions/${first}/events`))
  await deleted.next()
  await ask(`/expressions/${first}`, { method: 'DELETE' })
  expect((await deleted.next()).value).toMatchObject({ event: 'deleted' })
  expect((await deleted.next()).done).toBe(true)

  const { id: tokenId, token } = await createPersonalToken(world.admin, { scopes: ['READ'] })
  const revoked = eventsOf(await open(`/expressions/${second}/events`, { token }))
  await revoked.next()
  const revoke = 'mutation ($id: ID!) { revokePersonalToken(input: { id: $id }) { ... on Error { message } } }'
  await world.admin.get(revoke, { id: tokenId })
  expect((await revoked.next()).value).toMatchObject({ event: 'error', data: { code: 'UNAUTHENTICATED' } })
  expect((await revoked.next()).done).toBe(true)

  const cut = eventsOf(await open(`/expressions/${second}/events`))
  await cut.next()
  const next = cut.next()
  next.catch(() => {})
  await world.app.stop()
  await expect(next).rejects.toThrow('terminated')
})

test('of a client that is gone before its stream begins nothing is left', async () => {
  const world = await startWorld()
  const { open, ask } = restClient(world.app, world.admin.token)
  const id = await submit(world, '1+2')
  const watched = () =>
    world.app.app.services.live.watched().find(({ what }) => what === 'expressions')?.ids ?? ['nothing is known']

  // What the stream begins with is kept from it until the client is gone.
  const database = new pg.Client(world.app.databaseUrl)
  await database.connect()
  whenTestIsDone(() => database.end())
  await database.query('BEGIN; LOCK TABLE expression IN ACCESS EXCLUSIVE MODE')
  const gone = new AbortController()
  const stream = open(`/expressions/${id}/events`, {}, gone.signal)
  const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
  await vi.waitFor(async () => expect((await database.query(waiting)).rowCount).toBe(1))
  gone.abort()
  await expect(stream).rejects.toThrow('aborted')
  await fetch(new URL('/health', world.app.url))
  await database.query('COMMIT')
  // Whatever comes of it has come before the answers to these.
  for (let asked = 0; asked < 3; asked++) await ask(`/expressions/${id}`)
  expect(watched()).toEqual([])
})
