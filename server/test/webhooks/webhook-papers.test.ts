import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { whenTestIsDone } from '../support/cleanup.ts'
import { freePort } from '../support/server-process.ts'
import { startWorld } from '../support/world.ts'
import { restClient } from '../rest/client.ts'

const paper = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8')
const script = /```js\n(.*?)```/s.exec(paper)?.[1] ?? ''

/** The receiver of the paper, as it stands there. Returns the lines that it writes, as they come. */
async function startReceiver(port: number, secret: string): Promise<AsyncIterator<string>> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, PORT: String(port), WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  whenTestIsDone(async () => {
    child.kill()
    await once(child, 'exit')
  })
  for (;;)
    try {
      await fetch(`http://127.0.0.1:${port}/`, { method: 'POST' })
      return createInterface(child.stdout)[Symbol.asyncIterator]()
    } catch {
      // It does not listen yet.
    }
}

test('the receiver of the paper takes what the server has signed, and nothing else', async () => {
  const { admin, app } = await startWorld({ environment: { WEBHOOK_NETWORKS: '127.0.0.0/8' } })
  const { ask } = restClient(app, admin.token)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const { secret, id } = (await ask('/webhooks', { json: { name: 'reports', url } })).body
  const lines = await startReceiver(port, String(secret))
  const forged = { 'webhook-id': '1', 'webhook-timestamp': String(Math.floor(Date.now() / 1_000)) }
  for (const signature of ['', 'v1,', `v1,${'A'.repeat(43)}=`])
    expect((await fetch(url, { method: 'POST', headers: { ...forged, 'webhook-signature': signature } })).status).toBe(
      401,
    )
  await ask('/expressions', { json: { source: '1/0' }, headers: { 'idempotency-key': 'report-2026-11' } })
  const { value } = (await lines.next()) as { value: string }
  const [messageId, ...body] = value.split(' ')
  expect(JSON.parse(body.join(' '))).toMatchObject({
    type: 'expression.failed',
    data: { requestId: 'report-2026-11', result: null, error: { code: 'DIVISION_BY_ZERO' } },
  })
  const { deliveries } = (await ask(`/webhooks/${String(id)}/deliveries`)).body as { deliveries: { id: string }[] }
  expect(deliveries.map((delivery) => delivery.id)).toEqual([messageId])
  // What the paper shows of a body is what a body has.
  const shown = JSON.parse(/```json\n(.*?)```/s.exec(paper)?.[1] ?? '') as { data: object }
  expect(Object.keys(shown.data)).toEqual(Object.keys((JSON.parse(body.join(' ')) as { data: object }).data))
})
