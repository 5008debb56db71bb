import { expect, test } from 'vitest'
import { register } from '../support/people.ts'
import { startServerProcess } from '../support/server-process.ts'
import { restClient } from '../rest/client.ts'
import { startReceiver } from '../webhooks/receiver.ts'

test('a server that is killed between the end of an expression and its delivery tells of it when it is back', async () => {
  const server = await startServerProcess({ RECKON_AGENTS: '0', WEBHOOK_NETWORKS: '127.0.0.0/8' })
  const receiver = await startReceiver()
  const { ask } = restClient(server, (await register(server, 'admin@example.com')).token)
  await ask('/webhooks', { json: { name: 'mine', url: receiver.url } })
  // The receiver keeps the server waiting with the first until it is gone; the second ends in its last moment.
  receiver.answer = () => {}
  await ask('/expressions', { json: { source: '7' } })
  await receiver.until(1)
  await ask('/expressions', { json: { source: '8' } })
  await server.kill()
  const before = receiver.received.length
  receiver.answer = (response) => void response.writeHead(204).end()
  await server.restart()
  await receiver.until(before + 2)
  const told = receiver.received.map(({ body }) => (JSON.parse(body) as Told).data.result.decimal)
  expect(told.slice(before).toSorted()).toEqual(before === 1 ? ['7', '8'] : expect.arrayContaining(['7']))
  expect(new Set(told)).toEqual(new Set(['7', '8']))
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(2)
}, 90_000)

interface Told {
  readonly data: { readonly result: { readonly decimal: string } }
}
