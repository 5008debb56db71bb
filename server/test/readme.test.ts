import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startAgentProcess } from './support/agent-process.ts'
import { createPersonalToken } from './support/people.ts'
import { startWorld } from './support/world.ts'

const run = promisify(execFile)
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** The block that holds this, as it stands there. */
function blockWith(marker: string): string {
  const block = [...readme.matchAll(/```(?:sh|js)\n(.*?)```/gs)]
    .map((match) => match[1] ?? '')
    .find((text) => text.includes(marker))
  if (block === undefined) throw new Error(`no block of the README holds ${marker}`)
  return block
}

/** Whoever follows the README puts a token of their own there, and here the server has another address. */
const withOwn = (block: string, { token, url }: { token: string; url: string }) =>
  block.replace('rkp_…', token).replaceAll('localhost:4000', new URL(url).host)

test('a script submits with a personal token and waits, as the README shows', async () => {
  const { app, admin, agentToken } = await startWorld()
  await startAgentProcess(app, agentToken, admin, { name: 'computer' })
  const { token } = await createPersonalToken(admin, { scopes: ['SUBMIT'] })
  const { stdout } = await run('sh', ['-c', withOwn(blockWith('export TOKEN=rkp_'), { token, url: app.url })])
  expect(JSON.parse(stdout)).toMatchObject({
    data: { expression: { status: 'SUCCEEDED', result: { decimal: '18446744073709551615' }, error: null } },
  })
})

test('where its submission is refused, it ends and says so', async () => {
  const { app, admin } = await startWorld()
  const { token } = await createPersonalToken(admin, { scopes: ['READ'] })
  const { stdout } = await run('sh', ['-c', withOwn(blockWith('export TOKEN=rkp_'), { token, url: app.url })])
  expect(JSON.parse(stdout)).toMatchObject({
    data: { submitExpression: { message: 'This needs a token with the scope SUBMIT.' } },
  })
})

test('the watcher ends with an expression that fails, and shows why', async () => {
  const { app, admin } = await startWorld()
  const { token } = await createPersonalToken(admin, { scopes: [] })
  const { submitExpression: failed } = await admin.get<{ submitExpression: { id: string } }>(
    'mutation { submitExpression(input: { source: "1/0", requestId: "1" }) { ... on Expression { id } } }',
  )
  const script = withOwn(blockWith('import WebSocket'), { token, url: app.url })
  const args = ['--input-type=module', '-e', script, 'watch.mjs', failed.id]
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, TOKEN: token } })
  expect(stdout).toContain("status: 'FAILED'")
  expect(stdout).toContain('zero')
})
