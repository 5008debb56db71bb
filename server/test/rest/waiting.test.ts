import { get } from 'node:http'
import { expect, test, vi } from 'vitest'
import { createPersonalToken } from '../support/people.ts'
import { startWorld, type World } from '../support/world.ts'
import { restClient } from './client.ts'

const submitTo = async (world: World, source: string) => {
  const { body } = await restClient(world.app, world.admin.token).ask('/expressions', { json: { source } })
  return String(body['id'])
}

/** How many subscribe to expressions at this replica. */
const watched = ({ app }: World) =>
  app.app.services.live.watched().find(({ what }) => what === 'expressions')?.ids.length

test('a wait that runs out is answered with what is there so far, by parameter and by preference', async () => {
  const world = await startWorld()
  const { ask } = restClient(world.app, world.admin.token)
  const id = await submitTo(world, '1+2')
  const waited = await ask(`/expressions/${id}?wait=1`)
  expect([waited.status, waited.body['status']]).toEqual([202, 'QUEUED'])
  const preferred = await ask(`/expressions/${id}`, { headers: { prefer: 'respond-async, wait=1' } })
  expect([preferred.status, preferred.headers.get('preference-applied')]).toEqual([202, 'wait=1'])
  const text = await ask(`/expressions/${id}?wait=1`, { headers: { accept: 'text/plain' } })
  expect([text.status, text.text]).toEqual([202, ''])
  expect(watched(world)).toBe(0)
})

test('as plain text it is the result alone, or a problem where there is none', async () => {
  const world = await startWorld()
  const { ask } = restClient(world.app, world.admin.token)
  const plain = { headers: { accept: 'text/plain' } }
  const number = await ask('/expressions?digits=5', { text: '1.23456789', ...plain })
  expect([number.status, number.text]).toEqual([201, '1.2346\n'])
  const failed = await ask('/expressions?wait=5', { text: '(1+2)/0', ...plain })
  expect(failed.body).toMatchObject({ status: 422, code: 'DIVISION_BY_ZERO' })
  const shown = await ask('/expressions', { text: '(1+2)/0' })
  expect(shown.body).toMatchObject({ status: 'FAILED', error: { code: 'DIVISION_BY_ZERO', position: 5, length: 1 } })
  const id = await submitTo(world, '1+2')
  expect((await ask(`/expressions/${id}/cancel`, { method: 'POST' })).body).toMatchObject({ status: 'CANCELLED' })
  expect((await ask(`/expressions/${id}`, plain)).body).toMatchObject({ status: 422, code: 'CANCELLED' })
  expect((await ask(`/expressions/${String(shown.body['id'])}/cancel`, { method: 'POST' })).body).toMatchObject({
    ...{ status: 409, code: 'EXPRESSION_FINISHED' },
  })
  expect((await ask(`/expressions/${String(shown.body['id'])}/retry`, { method: 'POST' })).body).toMatchObject({
    ...{ status: 409, code: 'WOULD_FAIL_AGAIN' },
  })
})

test('a client that goes away waits for nothing any more', async () => {
  const world = await startWorld()
  const id = await submitTo(world, '1+2')
  const headers = { authorization: `Bearer ${world.admin.token}` }
  const request = get(`${restClient(world.app, null).base}/expressions/${id}?wait=50`, { headers })
  request.on('error', () => {})
  await vi.waitFor(() => expect(watched(world)).toBe(1))
  request.destroy()
  await vi.waitFor(() => expect(watched(world)).toBe(0))
})

test('one that waits is told when the expression is deleted, when its token is revoked and when the server stops', async () => {
  const world = await startWorld()
  const { id: tokenId, token } = await createPersonalToken(world.admin, { scopes: ['READ'] })
  const { ask } = restClient(world.app, world.admin.token)
  const [first, second] = [await submitTo(world, '1+2'), await submitTo(world, '1+3')]

  const deleted = ask(`/expressions/${first}?wait=50`)
  await vi.waitFor(() => expect(watched(world)).toBe(1))
  await ask(`/expressions/${first}`, { method: 'DELETE' })
  expect((await deleted).body).toMatchObject({ status: 404 })

  const revoked = ask(`/expressions/${second}?wait=50`, { token })
  await vi.waitFor(() => expect(watched(world)).toBe(1))
  await world.admin.get(
    'mutation ($id: ID!) { revokePersonalToken(input: { id: $id }) { ... on Error { message } } }',
    { id: tokenId },
  )
  expect((await revoked).body).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })

  const stopped = ask(`/expressions/${second}?wait=50`)
  await vi.waitFor(() => expect(watched(world)).toBe(1))
  const stopping = world.app.stop()
  expect((await stopped).body).toMatchObject({ status: 'QUEUED' })
  await stopping
})

test('a submission whose wait is cut short is told of all the same: a client that is refused would send it again', async () => {
  const world = await startWorld()
  const { id: tokenId, token } = await createPersonalToken(world.admin, { scopes: ['READ', 'SUBMIT'] })
  const { ask } = restClient(world.app, token)
  const submitted = ask('/expressions?wait=50', { json: { source: '1+2' } })
  await vi.waitFor(() => expect(watched(world)).toBe(1))
  await world.admin.get(
    'mutation ($id: ID!) { revokePersonalToken(input: { id: $id }) { ... on Error { message } } }',
    { id: tokenId },
  )
  const { status, headers, body } = await submitted
  expect([status, body['status']]).toEqual([202, 'QUEUED'])
  expect(headers.get('location')).toBe(`/api/v1/expressions/${String(body['id'])}`)
})
