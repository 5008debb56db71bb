import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { submit } from '../../server/test/support/expressions.ts'
import { startWorld, type World } from '../../server/test/support/world.ts'
import { openTerminal, program, runReckon, temporaryFolder, terminalIsThere, variablesOf } from './support/reckon.ts'
import { screenOf } from './support/screen.ts'

const inTerminal = test.skipIf(!terminalIsThere)

/** Two agents, of which one computes two operations. */
async function busyWorld(): Promise<World> {
  const world = await startWorld()
  const agent = await world.openAgent({ name: 'shed-1', slots: 4 })
  await submit(world.admin, '(1+2)*(3-4)')
  await agent.take(2)
  await world.openAgent({ name: 'shed-2', slots: 3 })
  return world
}

const seen = ['\x1b[?1049h', '\x1b[?25h\x1b[?1049l'] as const
const entered = (raw: string) => raw.split(seen[0]).length - 1
const left = (raw: string) => raw.split(seen[1]).length - 1

inTerminal('top shows agents with their slots and what runs, and gives the screen back', async () => {
  const world = await busyWorld()
  const terminal = openTerminal('echo before; reckon top; echo after $?', await variablesOf(world.app, world.admin))
  const screen = () => screenOf(terminal.raw).join('\n')
  await terminal.when(
    () =>
      /^shed-1 {2}[+-]{2}·· {2}2\/4 {2}online$/m.test(screen()) && /^shed-2 {2}··· {2}0\/3 {2}online$/m.test(screen()),
    'showing both agents',
  )
  await terminal.when(() => /^\+ +[\d.]+ m?s +shed-1 +\S+/m.test(screen()), 'showing what runs')
  expect(screen()).toMatch(/results\/s {3}2\/7 slots busy/)
  terminal.type('q')
  await terminal.until('after 0')
  expect(screen().trim().split('\n')).toEqual(['before', 'after 0'])
})

inTerminal('top gives the screen back when it is stopped, and takes it again when it goes on', async () => {
  const world = await busyWorld()
  const variables = await variablesOf(world.app, world.admin)
  const terminal = openTerminal('bash --norc --noprofile -i', { ...variables, PS1: 'shell ' })
  await terminal.until('shell ')
  terminal.type(`node ${program} top\r`)
  await terminal.until('shed-1')
  terminal.type('\x1a')
  await terminal.until('Stopped')
  expect([entered(terminal.raw), left(terminal.raw)]).toEqual([1, 1])
  terminal.type('fg\r')
  await terminal.when(() => entered(terminal.raw) === 2, 'taking the screen again')
  terminal.pressCtrlC()
  await terminal.when(() => left(terminal.raw) === 2, 'giving the screen back')
  terminal.type('exit\r')
  await terminal.ended
})

inTerminal.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])('top gives the screen back at %s', async (signal, code) => {
  const world = await busyWorld()
  const folder = temporaryFolder()
  const script = `cd ${folder}; exec node ${program} top`
  const terminal = openTerminal(`echo $$ > ${folder}/pid; ${script}`, await variablesOf(world.app, world.admin))
  await terminal.until('shed-1')
  process.kill(Number(readFileSync(path.join(folder, 'pid'), 'utf8')), signal)
  expect(await terminal.ended).toBe(code)
  expect([entered(terminal.raw), left(terminal.raw)]).toEqual([1, 1])
})

inTerminal('a program that fails in the middle of it gives the screen back, and says what it was', async () => {
  const folder = temporaryFolder()
  const file = path.join(folder, 'failing.mts')
  writeFileSync(
    file,
    `import { FullScreen } from '${path.resolve('cli/src/terminal/full-screen.ts')}'
    new FullScreen({ input: process.stdin, output: process.stdout, paint: {}, onRedraw() {}, onQuit() {} })
    setTimeout(() => { throw new Error('a fault') }, 1)`,
  )
  const terminal = openTerminal(`exec node --import tsx ${file}`, {})
  expect(await terminal.ended).toBe(70)
  expect(terminal.raw.indexOf(seen[1])).toBeGreaterThan(terminal.raw.indexOf(seen[0]))
  expect(terminal.raw.slice(terminal.raw.indexOf(seen[1]))).toContain('reckon: unforeseen: a fault')
})

test('without a terminal top is shown once, as lines or as JSON', async () => {
  const world = await busyWorld()
  const variables = await variablesOf(world.app, world.admin)
  const { code, stdout } = await runReckon(['top'], variables)
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^shed-1 .*2\/4 {2}online$/m)])
  const { stdout: json } = await runReckon(['top', '--json'], variables)
  expect(JSON.parse(json)).toMatchObject({ slots: 7, agents: [{ name: 'shed-1' }, { name: 'shed-2' }] })
  expect((await runReckon(['top'], { ...variables, RECKON_TOKEN: 'rkp_wrong' })).code).toBe(3)
})
