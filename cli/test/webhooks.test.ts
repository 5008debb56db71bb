import { expect, it } from 'vitest'
import { startWorld } from '../../server/test/support/world.ts'
import { startReceiver } from '../../server/test/webhooks/receiver.ts'
import { runReckon, variablesOf } from './support/reckon.ts'
import { computeAll } from './support/world.ts'

it('webhooks are added, tried, listed with what they were told, paused, and removed', async () => {
  const receiver = await startReceiver()
  const world = await startWorld({ environment: { WEBHOOK_NETWORKS: '127.0.0.0/8' } })
  const user = await variablesOf(world.app, world.admin)
  const reckon = (...args: string[]) => runReckon(args, user)
  computeAll(await world.openAgent())

  const added = await reckon('webhooks', 'add', '--name', 'reports', '--events', 'succeeded,failed', receiver.url)
  expect(added).toEqual({ code: 0, stdout: expect.stringMatching(/^whsec_\S+\n$/) as string, stderr: '' })
  const { id } = JSON.parse((await reckon('webhooks', '--json')).stdout) as { id: string }
  expect((await reckon('webhooks')).stdout).toMatch(
    new RegExp(`^NAME +STATE +EVENTS +URL +ID\nreports +good +succeeded failed +${receiver.url} +${id}\n$`),
  )

  expect((await reckon('webhooks', 'test', 'reports')).stdout).toBe('reports: is sent a webhook.test\n')
  await receiver.until(1)
  expect((await reckon('2*3')).stdout).toBe('6\n')
  const [, told] = await receiver.until(2)
  expect(JSON.parse(told!.body)).toMatchObject({ type: 'expression.succeeded' })

  const lines = (await reckon('webhooks', 'deliveries', 'reports', '--json', '--limit', '1')).stdout.trim().split('\n')
  expect(lines).toHaveLength(1)
  const last = JSON.parse(lines[0]!) as { id: string; event: string }
  expect(last.event).toBe('expression.succeeded')
  expect((await reckon('webhooks', 'redeliver', last.id)).stdout).toBe('expression.succeeded is sent again\n')
  const [, , again] = await receiver.until(3)
  expect(again!.headers['webhook-id']).toBe(told!.headers['webhook-id'])
  expect((await reckon('webhooks', 'deliveries', id)).stdout).toMatch(/ webhook\.test +delivered +1 +204 /)

  expect((await reckon('webhooks', 'pause', 'reports')).stdout).toBe('reports: paused\n')
  expect((await reckon('webhooks')).stdout).toMatch(/^reports +paused /m)
  expect((await reckon('webhooks', 'resume', id)).stdout).toBe('reports: goes on\n')
  expect((await reckon('webhooks')).stdout).toMatch(/^reports +good /m)
  expect((await reckon('webhooks', 'remove', 'reports', 'nobody')).stdout).toBe('reports: removed\n')
  expect((await reckon('webhooks', '--json')).stdout).toBe('')
})

it('what is no webhook is refused, and says why', async () => {
  const world = await startWorld()
  const user = await variablesOf(world.app, world.admin)
  const reckon = (...args: string[]) => runReckon(args, user)
  const refused = await reckon('webhooks', 'add', 'http://127.0.0.1/inside')
  expect([refused.code, refused.stdout]).toEqual([3, ''])
  expect(refused.stderr).toMatch(/^reckon: .*https.*\n$/)
  for (const verb of ['remove', 'deliveries', 'test']) {
    const nobody = await reckon('webhooks', verb, 'nobody')
    expect([nobody.code, nobody.stderr]).toEqual([3, 'reckon: There is no webhook nobody. (NOT_FOUND)\n'])
  }
  expect((await reckon('webhooks', 'redeliver', 'nonsense')).code).toBe(3)
  for (const misuse of [
    ['add'],
    ['paint', 'x'],
    ['add', '--events', 'soon', 'https://x.example'],
    ['deliveries', 'x', '--limit', '0'],
  ])
    expect([misuse, (await reckon('webhooks', ...misuse)).code]).toEqual([misuse, 2])
  const reader = await variablesOf(world.app, world.admin, ['READ'])
  const without = await runReckon(['webhooks', 'add', 'https://reports.example.com/'], reader)
  expect([without.code, without.stderr]).toEqual([3, expect.stringContaining('FORBIDDEN')])
})
