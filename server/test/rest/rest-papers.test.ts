import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { startAgentProcess } from '../support/agent-process.ts'
import { temporaryRoot } from '../support/temporary.ts'
import { startWorld } from '../support/world.ts'

const run = promisify(execFile)
const paper = readFileSync(new URL('../../../docs/rest.md', import.meta.url), 'utf8')

/** What the paper shows to be typed, from its beginning to its end, as one session; what each block prints stands between marks. */
const session = [...paper.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => `${block}\necho '>>>>'\n`).join('')

test('the lines of docs/rest.md work as they stand there', async () => {
  const { app, admin, agentToken } = await startWorld()
  await startAgentProcess(app, agentToken, admin, { name: 'computer' })
  const own = session.replaceAll('localhost:4000', new URL(app.url).host)
  const cwd = await mkdtemp(path.join(temporaryRoot(), 'reckon-rest-'))
  onTestFinished(() => rm(cwd, { recursive: true }))
  const { stdout } = await run('bash', ['-euc', own], { cwd })
  const [first, refreshed, twice, waited, events, listed, ended, cluster, setting, problem, others] =
    stdout.split('>>>>\n')

  expect(first).toMatch(/"status":"SUCCEEDED","result":\{"decimal":"6",.*\n18446744073709551615\n$/)
  expect(refreshed).toContain('"accessToken"')
  expect(twice).toBe('201\n200\n')
  expect(waited).toContain('"decimal":"-0.6","fraction":"-3/5"')
  expect(events).toMatch(/^retry: 1000\n\nevent: expression\nid: \d+\ndata: \{"id":.*"SUCCEEDED"/)
  expect(listed).toMatch(/^link: <\/api\/v1\/expressions\?limit=1&after=.*>; rel="next"\r$/im)
  expect(ended).toMatch(/EXPRESSION_FINISHED[^]*NOT_FAILED/)
  expect(cluster).toMatch(/"name":"computer".*\n\{"\+":1000,/)
  expect(setting).toContain('"code": "FORBIDDEN"')
  expect(problem).toMatch(/"code": "MISSING_OPERAND",[^]*"2\+\*3",\n {4}" {2}\^"/)
  expect(others).toMatch(/"decimal":"20".*\n\{"expressions":\[\{"id":/)
})

test('the paper tells of every address that there is', () => {
  for (const address of ['register', 'login', 'refresh', 'calculate', 'expressions', 'agents', 'operations/duration'])
    expect(paper).toContain(`/api/v1/${address}`)
})
