import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startTestApp } from '../../server/test/support/test-app.ts'
import { TestAgent } from '../../server/test/support/test-agent.ts'
import { startWorld } from '../../server/test/support/world.ts'
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
