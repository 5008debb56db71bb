import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startTestApp } from '../../server/test/support/test-app.ts'
import { TestAgent } from '../../server/test/support/test-agent.ts'
import { createPersonalToken } from '../../server/test/support/people.ts'
import { startWorld, type World } from '../../server/test/support/world.ts'
import { linesOf, tooLong } from '../src/batch/lines.ts'
import { runReckon, startReckon, temporaryFolder, variablesOf } from './support/reckon.ts'
import { computeAll } from './support/world.ts'

interface Written {
  readonly line: number
  readonly status: string
  readonly key?: unknown
  readonly id?: string
  readonly result?: { readonly decimal: string }
  readonly error?: { readonly code: string }
}

const written = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Written)

function fileOf(lines: readonly string[]): string {
  const file = path.join(temporaryFolder(), 'lines.txt')
  writeFileSync(file, lines.join('\n'))
  return file
}

test('a batch answers each line in order, whatever became of it', async () => {
  const world = await startWorld()
  const variables = await variablesOf(world.app, world.admin)
  computeAll(await world.openAgent())
  const input = '\uFEFF1+1\r\n\n{"source":"2*3","key":{"row":7}}\n1/0\n{"oops\n{"source":3}\n2(3\n8'
  const { code, stdout, stderr } = await runReckon(['-'], variables, input)
  expect(code).toBe(1)
  expect(written(stdout)).toMatchObject([
    { line: 1, status: 'SUCCEEDED', result: { decimal: '2' } },
    { line: 3, key: { row: 7 }, status: 'SUCCEEDED', result: { decimal: '6' } },
    { line: 4, status: 'FAILED', error: { code: 'DIVISION_BY_ZERO' } },
    { line: 5, status: 'REFUSED', error: { code: 'NO_JSON' } },
    { line: 6, status: 'REFUSED', error: { code: 'NO_SOURCE' } },
    { line: 7, status: 'REFUSED', error: { code: 'IMPLICIT_MULTIPLICATION' } },
    { line: 8, status: 'SUCCEEDED', result: { decimal: '8' } },
  ])
  expect(stderr).toMatch(/^reckon: 7 lines in .*: /)
})

test('a batch that is killed goes on where it ended, and submits nothing twice', async () => {
  const world = await startWorld()
  const variables = await variablesOf(world.app, world.admin)
  const file = fileOf(Array.from({ length: 300 }, (_, index) => `${index}+1`))
  const agent = await world.openAgent({ slots: 8 })
  const first = startReckon(['batch', file, '--in-flight', '120', '--unordered'], variables)
  await agent.take(8)
  first.child.kill('SIGKILL')
  await first.ended
  agent.cut()
  computeAll(await world.openAgent({ slots: 64 }))
  const { code, stdout } = await runReckon(['batch', file, '--in-flight', '120'], variables)
  expect(code).toBe(0)
  expect(written(stdout).map(({ result }) => result?.decimal)).toEqual(
    Array.from({ length: 300 }, (_, index) => String(index + 1)),
  )
  const { stdout: listed } = await runReckon(['list', '--ids', '--limit', '1000'], variables)
  expect(listed.trim().split('\n').length).toBe(300)
})

test('a batch outlives a restart of the server, with what ended meanwhile', async () => {
  const first = await startWorld()
  const variables = await variablesOf(first.app, first.admin)
  const { ended, child } = startReckon(['-'], variables)
  child.stdin.end('1+1\n2+2\n3+3\n')
  const agent = await first.openAgent({ slots: 4 })
  await agent.take(3)
  await first.app.stop()
  const { databaseUrl } = first.app
  const again = await startTestApp({ databaseUrl, environment: { PORT: new URL(first.app.url).port } })
  computeAll(await TestAgent.open(again, first.agentToken))
  const { code, stdout } = await ended
  expect([code, written(stdout).map(({ result }) => result?.decimal)]).toEqual([0, ['2', '4', '6']])
})

test('two lines under one requestId that ask for different things are not answered by each other', async () => {
  const world = await startWorld()
  const variables = await variablesOf(world.app, world.admin)
  computeAll(await world.openAgent())
  const line = (source: string, requestId: string) => JSON.stringify({ source, requestId })
  const taken = await runReckon(['-'], variables, line('7+8', 'taken'))
  expect(taken.code).toBe(0)
  const lines = [line('7', 'a'), line('2+2', 'a'), line('7', 'a'), line('1+1', 'b'), line('9+9', 'taken')]
  const { code, stdout } = await runReckon(['-'], variables, lines.join('\n'))
  expect(code).toBe(3)
  const conflict = { status: 'REFUSED', error: { code: 'REQUEST_ID_CONFLICT' } }
  expect(written(stdout)).toMatchObject([
    { source: '7', result: { decimal: '7' } },
    conflict,
    { source: '7', result: { decimal: '7' } },
    { source: '1+1', result: { decimal: '2' } },
    conflict,
  ])
})

/** A batch with a line that is being computed, whose input stays open: whoever writes it waits for the answer. */
async function startWaiting(world: World) {
  const { token, id } = await createPersonalToken(world.admin, { scopes: ['SUBMIT'] })
  const batch = startReckon(['-'], { RECKON_URL: world.app.url, RECKON_TOKEN: token })
  batch.child.stdin.write('1+1\n')
  await (await world.openAgent()).take(1)
  return { ...batch, id }
}

test('a batch whose token is revoked ends, though its input does not', async () => {
  const world = await startWorld()
  const { ended, id } = await startWaiting(world)
  await world.admin.get(`mutation ($id: ID!) { revokePersonalToken(input: { id: $id }) { __typename } }`, { id })
  expect((await ended).code).toBe(3)
})

test('a batch that waits for a server which is away can be interrupted', async () => {
  const world = await startWorld()
  const { child, ended, said } = await startWaiting(world)
  await world.app.stop()
  child.stdin.write('2+2\n')
  await said('Trying again')
  child.kill('SIGINT')
  expect(await ended).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('that were submitted go on') as string,
  })
})

test('a batch that is interrupted cancels what it began, where it is told to', async () => {
  const world = await startWorld()
  const variables = await variablesOf(world.app, world.admin)
  const { child, ended } = startReckon(['-', '--cancel-on-interrupt'], variables)
  child.stdin.write('1+1\n2+2\n')
  const agent = await world.openAgent()
  await agent.take(2)
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: 4, stderr: expect.stringContaining('2 were cancelled') as string })
  const { stdout } = await runReckon(['list', '--status', 'cancelled', '--ids'], variables)
  expect(stdout.trim().split('\n').length).toBe(2)
})

test('a batch asks nothing of a server where it was used wrongly', async () => {
  expect(await runReckon(['batch', '/nowhere/lines.txt'], {})).toMatchObject({
    code: 2,
    stderr: 'reckon: there is no file /nowhere/lines.txt\n',
  })
})

test('lines come whole however their text is cut, and of one without an end nothing is kept', async () => {
  const bytes = new TextEncoder().encode('1×2\r\n\n漢+1\nlast')
  async function* cut() {
    for (const byte of bytes) yield Uint8Array.of(byte)
    yield '\n'
    for (let piece = 0; piece < 30; piece += 1) yield '1+'.repeat(25_000)
    yield '1\nafter'
  }
  const lines: (string | typeof tooLong)[] = []
  for await (const line of linesOf(cut())) lines.push(line)
  expect(lines).toEqual(['1×2', '', '漢+1', 'last', tooLong, 'after'])
})
