import { beforeAll, describe, expect, it } from 'vitest'
import { setDurations } from '../../server/test/support/expressions.ts'
import { register } from '../../server/test/support/people.ts'
import { whenFileIsDone } from '../../server/test/support/cleanup.ts'
import { startTestApp } from '../../server/test/support/test-app.ts'
import { startWorld, type World } from '../../server/test/support/world.ts'
import { runReckon, startReckon, variablesOf, type Variables } from './support/reckon.ts'
import { computeAll } from './support/world.ts'

const whenDone = whenFileIsDone()
let world: World
let variables: Variables

beforeAll(async () => {
  world = await startWorld({ whenDone })
  variables = await variablesOf(world.app, world.admin)
  computeAll(await world.openAgent())
})

const reckon = (...args: string[]) => runReckon(args, variables)

describe('an expression', () => {
  it('is computed: the result on standard output, how it goes on standard error', async () => {
    const { code, stdout, stderr } = await reckon('2+2*2')
    expect([code, stdout]).toEqual([0, '6\n'])
    expect(stderr).toMatch(/^reckon: succeeded 2\/2$/m)
  })

  it.each([
    [['1/3'], '0.(3)'],
    [['1/3', '--fraction'], '1/3'],
    [['1/3', '--digits', '5'], '0.33333'],
    [['2^200'], '1606938044258990275541962092341162602522202993782792835301376'],
    [['1/97'], '1/97'],
    [['-2+3'], '1'],
    [['-(2)*3'], '-6'],
    [['2', '-', '5'], '-3'],
    [['42'], '42'],
  ])('%j is written %s', async (args, result) => {
    expect(await reckon(...args, '--quiet')).toEqual({ code: 0, stdout: `${result}\n`, stderr: '' })
  })

  it('is told to programs as JSON', async () => {
    const { code, stdout } = await reckon('2*3.5', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      source: '2*3.5',
      status: 'SUCCEEDED',
      progress: { completed: 1, total: 1 },
      result: { decimal: '7', fraction: '7' },
      error: null,
    })
  })

  it('that has no value ends with 1, and says where it fails', async () => {
    const { code, stdout, stderr } = await reckon('3-1/0')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('(DIVISION_BY_ZERO)\n  3-1/0\n     ^\n')
  })

  it('that is none ends with 3, and a caret stands where it goes wrong', async () => {
    const { code, stdout, stderr } = await reckon('2*(3+')
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/^reckon: .*\n {2}2\*\(3\+\n {7}\^\n/)
    const asJson = await reckon('2*(3+', '--json')
    expect(JSON.parse(asJson.stdout)).toMatchObject({ status: 'REFUSED', error: { position: 5 } })
  })

  it('submitted twice under one id is one', async () => {
    const first = await reckon('1+2', '--request-id', 'once', '--json')
    const second = await reckon('1+2', '--request-id', 'once', '--json')
    const ids = [first, second].map(({ stdout }) => (JSON.parse(stdout) as { id: string }).id)
    expect(ids[0]).toBe(ids[1])
    const other = await reckon('1+3', '--request-id', 'once')
    expect(other.code).toBe(3)
    expect(other.stderr).toContain('(REQUEST_ID_CONFLICT)')
  })

  it('that was left to itself is watched by its id', async () => {
    const { stdout: id } = await reckon('5*5', '--detach')
    expect(await reckon('watch', id.trim(), '--quiet')).toEqual({ code: 0, stdout: '25\n', stderr: '' })
  })
})

describe('what goes wrong', () => {
  it('without a token ends with 3, and says what to do', async () => {
    const { RECKON_TOKEN: _, ...nobody } = variables
    const { code, stderr } = await runReckon(['1+1'], nobody)
    expect(code).toBe(3)
    expect(stderr).toContain('reckon login')
    const { code: bad, stderr: why } = await runReckon(['1+1'], { ...variables, RECKON_TOKEN: 'rkp_wrong' })
    expect([bad, why]).toEqual([3, expect.stringContaining('the token is not valid')])
  })

  it('without a server ends with 5 at once', async () => {
    const { code, stderr } = await reckon('1+1', '--server', 'http://127.0.0.1:9')
    expect(code).toBe(5)
    expect(stderr).toMatch(/^reckon: the server at http:\/\/127.0.0.1:9 cannot be reached: .*\n$/)
  })

  it.each([
    [['--digits', '0', '1+1'], '--digits must be'],
    [['--nonsense', '1+1'], "Unknown option '--nonsense'"],
    [['watch'], 'something is missing'],
    [['watch', 'a', 'b'], 'that is too much'],
    [['1', '--server', 'ftp://x'], 'no address of a server'],
    [[], 'Usage:'],
  ])('%j is used wrongly, which ends with 2', async (args, said) => {
    const { code, stdout, stderr } = await reckon(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(said)
  })

  it('of another user looks as if it was not there', async () => {
    const other = await variablesOf(world.app, await register(world.app, 'other@example.com'))
    const { stdout: id } = await reckon('7+7', '--detach')
    expect((await runReckon(['watch', id.trim()], other)).code).toBe(3)
  })
})

it('that waits says in plain lines what for, once for each reason', async () => {
  const lonely = await startWorld()
  await setDurations(lonely.admin, { ADD: 60_000 })
  const its = await variablesOf(lonely.app, lonely.admin)
  const { ended, said } = startReckon(['1+2'], its)
  await said('waits for an agent: none is connected')
  // Another is submitted later, and the only slot is taken by the first.
  const agent = await lonely.openAgent({ slots: 1 })
  const [first] = await agent.take(1)
  const second = startReckon(['3+4'], its)
  await second.said('waits for a slot: all are taken')
  if (first) await agent.solve(first)
  computeAll(agent)
  expect(await ended).toEqual({
    code: 0,
    stdout: '3\n',
    stderr:
      'reckon: queued\nreckon: waits for an agent: none is connected\nreckon: running 0/1\nreckon: succeeded 1/1\n',
  })
  expect((await second.ended).stderr).toMatch(/waits for a slot: all are taken\n(?!.*waits)/s)
})

it('that is interrupted goes on, and says how to come back to it', async () => {
  const lonely = await startWorld()
  const its = await variablesOf(lonely.app, lonely.admin)
  const { child, ended, said } = startReckon(['1+1'], its)
  await said('queued')
  child.kill('SIGINT')
  const { code, stdout, stderr } = await ended
  expect([code, stdout]).toEqual([130, ''])
  const id = /reckon watch (\S+)/.exec(stderr)?.[1] ?? ''
  computeAll(await lonely.openAgent())
  expect(await runReckon(['watch', id, '--quiet'], its)).toMatchObject({ code: 0, stdout: '2\n' })
})

it('that is to be cancelled at an interrupt is, and ends with 4', async () => {
  const lonely = await startWorld()
  const { child, ended, said } = startReckon(
    ['1+1', '--cancel-on-interrupt'],
    await variablesOf(lonely.app, lonely.admin),
  )
  await said('queued')
  child.kill('SIGINT')
  const { code, stderr } = await ended
  expect([code, stderr]).toEqual([4, expect.stringContaining('it was cancelled')])
})

it('outlives a restart of the server', async () => {
  const first = await startWorld()
  const its = await variablesOf(first.app, first.admin)
  const { ended, said } = startReckon(['1+1'], its)
  await said('queued')
  await first.app.stop()
  await said('not connected')
  const again = await startTestApp({
    databaseUrl: first.app.databaseUrl,
    environment: { PORT: new URL(first.app.url).port },
  })
  const { TestAgent } = await import('../../server/test/support/test-agent.ts')
  computeAll(await TestAgent.open(again, first.agentToken))
  expect(await ended).toMatchObject({ code: 0, stdout: '2\n' })
})
