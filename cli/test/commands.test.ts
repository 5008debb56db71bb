import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { setDurations } from '../../server/test/support/expressions.ts'
import { whenFileIsDone, whenTestIsDone } from '../../server/test/support/cleanup.ts'
import { startWorld, type World } from '../../server/test/support/world.ts'
import { runReckon, variablesOf, type Variables } from './support/reckon.ts'
import { computeAll } from './support/world.ts'

const whenDone = whenFileIsDone()
let world: World
let admin: Variables
let user: Variables

beforeAll(async () => {
  world = await startWorld({ whenDone })
  admin = await variablesOf(world.app, world.admin, ['SUBMIT', 'ADMIN'])
  user = await variablesOf(world.app, world.admin)
  await setDurations(world.admin, { ADD: 100, MULTIPLY: 1500 })
})

const reckon = (...args: string[]) => runReckon(args, user)
const asAdmin = (...args: string[]) => runReckon(args, admin)
const records = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('plan', () => {
  it('tells what an expression would take', async () => {
    expect(await reckon('plan', '1+2+3+4')).toEqual({
      code: 0,
      stdout: 'operations   3\ndepth        2\nat best      200 ms\non one slot  300 ms\nregrouped    (1+2)+(3+4)\n',
      stderr: '',
    })
    const { stdout } = await reckon('plan', '1+2+3+4', '--keep-order', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ operationCount: 3, depth: 3, regrouped: false, failure: null })
  })

  it('ends with 1 where it is bound to fail, and with 3 where it is none', async () => {
    const bound = await reckon('plan', '2^0.5')
    expect([bound.code, bound.stderr]).toEqual([1, expect.stringContaining('(FRACTIONAL_EXPONENT)\n  2^0.5\n   ^\n')])
    const none = await reckon('plan', '2(3)')
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('  Meant may be: 2*(3)\n')])
  })
})

describe('expressions', () => {
  it('are listed, shown, cancelled and deleted', async () => {
    const submitted = await Promise.all(['1+1', '2*2'].map((source) => reckon(source, '--detach')))
    const [first = '', second = ''] = submitted.map(({ stdout }) => stdout.trim())
    const listed = records((await reckon('list', '--status', 'queued', '--json')).stdout)
    expect(listed.map(({ id }) => id).sort()).toEqual([first, second].sort())
    expect((await reckon('list', '--search', '2*2', '--ids')).stdout).toBe(`${second}\n`)
    expect((await reckon('show', first)).stdout).toMatch(
      /^source +1\+1\nstatus +queued\noperations +0 of 1\n(.*\n)+waits for +an agent: none is connected\n$/,
    )
    expect(await reckon('cancel', first)).toEqual({ code: 0, stdout: `cancelled ${first}\n`, stderr: '' })
    expect((await reckon('watch', first)).code).toBe(4)
    const ids = (await reckon('list', '--ids')).stdout
    const { code, stdout } = await runReckon(['delete', '-'], user, ids)
    expect([code, stdout.split('\n').length]).toEqual([0, 3])
    expect(await reckon('list')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect((await reckon('show', first)).code).toBe(3)
  })

  it('of which some are refused end with 3, and the others are done', async () => {
    const { stdout: id } = await reckon('1+1', '--detach')
    const { code, stdout, stderr } = await reckon('cancel', 'nonsense', id.trim())
    expect([code, stdout]).toEqual([3, `cancelled ${id.trim()}\n`])
    expect(stderr).toContain('NOT_FOUND')
    expect((await reckon('retry', id.trim())).stderr).toContain('NOT_FAILED')
  })
})

describe('operations', () => {
  it('are listed, and set by an admin alone', async () => {
    expect((await asAdmin('operations', 'set', '+=7', 'gcd=2000', '--json')).code).toBe(0)
    const all = records((await reckon('operations', '--json')).stdout)
    expect(all).toContainEqual(expect.objectContaining({ name: '+', durationMs: 7 }))
    expect((await reckon('operations')).stdout).toMatch(/^gcd +2\.0 s +1\+ +The greatest common divisor/m)
    const refused = await reckon('operations', 'set', '+=8')
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('scope ADMIN')])
    const wrong = await asAdmin('operations', 'set', '+=70000')
    expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringContaining('65')])
    expect((await asAdmin('operations', 'set', '+=soon')).code).toBe(2)
  })
})

describe('agents', () => {
  it('are listed, and leave when they are asked to', async () => {
    const agent = await world.openAgent({ name: 'shed-1', slots: 3 })
    computeAll(agent)
    expect(await reckon('3+4', '--quiet')).toMatchObject({ code: 0, stdout: '7\n' })
    const { stdout } = await reckon('agents')
    expect(stdout).toMatch(/^shed-1 +online +0\/3 /m)
    // What it has just done is counted already.
    expect(stdout).toMatch(/^shed-1 +online +0\/3 +(?:\S+ %|-) +\S+ +1 +0 +0 /m)
    expect((await asAdmin('agents', 'drain', 'shed-1')).stdout).toBe('shed-1: draining\n')
    expect(await agent.events.next()).toMatchObject({ __typename: 'AgentDrainRequested' })
    expect((await asAdmin('agents', 'undrain', 'shed-1')).stdout).toBe('shed-1: online\n')
    const nobody = await asAdmin('agents', 'drain', 'nobody')
    expect([nobody.code, nobody.stderr]).toEqual([3, 'reckon: There is no agent nobody. (NOT_FOUND)\n'])
    expect((await reckon('agents', 'drain', 'shed-1')).code).toBe(3)
  })
})

it('whoami tells who one is', async () => {
  expect((await reckon('whoami')).stdout).toMatch(
    /^user +admin@example\.com\nrole +admin\nserver +http:\/\/127.*version/,
  )
})

it('the help of each command tells its options and how it is used', async () => {
  const { stdout: all } = await reckon('--help')
  const names = [...(all.split('Commands\n')[1]?.split('\n\n')[0] ?? '').matchAll(/^ {2}(\w+) /gm)].map(
    ([, name = '']) => name,
  )
  expect(names.length).toBeGreaterThan(12)
  for (const name of names) {
    const { code, stdout, stderr } = await reckon(name, '--help')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(new RegExp(`^Usage: reckon (\\[${name}\\]|${name})`))
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(100)
  }
})

it('what breaks off each connection is no server that is only away', async () => {
  const stranger = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  whenTestIsDone(() => void stranger.close())
  await once(stranger, 'listening')
  const { port } = stranger.address() as AddressInfo
  const { code, stderr } = await runReckon(['--server', `http://127.0.0.1:${port}`, '2+2'], {})
  expect([code, stderr]).toEqual([5, expect.stringContaining('Trying again')])
})
