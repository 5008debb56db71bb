import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startWorld } from '../../server/test/support/world.ts'
import { openTerminal, temporaryFolder, terminalIsThere, variablesOf, whyNoTerminal } from './support/reckon.ts'
import { screenOf } from './support/screen.ts'
import { computeAll } from './support/world.ts'

const inTerminal = test.skipIf(!terminalIsThere)
if (!terminalIsThere) console.warn(`The command line is not tested in a terminal: that ${whyNoTerminal}.`)

inTerminal('a terminal shows the tree and who computes what, then the result', async () => {
  const world = await startWorld()
  const variables = await variablesOf(world.app, world.admin)
  const terminal = openTerminal("reckon '(1+2)*(3-4)/5'; echo ended with $?", variables)
  await terminal.until('No agent is connected')
  const agent = await world.openAgent({ name: 'shed-1', slots: 1 })
  const [first] = await agent.take(1)
  const picture = () => screenOf(terminal.raw).map((line) => line.replace(/ [\d.]+ m?s$/, ''))
  const tree = ['· … / 5', '└ · … * …', '  ├ ▶ 1 + 2  shed-1', '  └ ○ 3 - 4']
  await terminal.when(() => picture().slice(1, 5).join('\n') === tree.join('\n'), 'showing the tree')
  expect(picture()[0]).toMatch(/^░{20} 0\/4 {2}1 running.*\(1\+2\)\*\(3-4\)\/5$/)
  if (first) await agent.solve(first)
  computeAll(agent)
  await terminal.until('ended with 0')
  expect(screenOf(terminal.raw).filter((line) => line !== '')).toEqual([
    expect.stringMatching(/^✓ 4 operations in [\d.]+ m?s$/),
    '-0.6',
    'ended with 0',
  ])
  expect(await terminal.ended).toBe(0)
})

inTerminal('without colours and in another character set it is drawn by what there is', async () => {
  const world = await startWorld()
  const variables = await variablesOf(world.app, world.admin)
  const terminal = openTerminal("reckon '1×2+3'", { ...variables, NO_COLOR: '1', LC_ALL: 'C' }, { columns: 70 })
  await terminal.until('No agent is connected')
  computeAll(await world.openAgent({ name: 'shed-1' }))
  expect(await terminal.ended).toBe(0)
  expect(terminal.shown).toMatch(/v 2 operations in .*\n5\n/)
  expect(terminal.raw).not.toMatch(/[^\x00-\x7f]|\x1b\[[\d;]*m/)
})

inTerminal('a window that gets narrower while it is drawn keeps one picture', async () => {
  const world = await startWorld()
  const variables = await variablesOf(world.app, world.admin)
  const folder = temporaryFolder()
  // In the background of the same terminal, for as long as the folder is there.
  const narrower = `(while [ -d ${folder} ] && [ ! -e ${folder}/go ]; do sleep 0.05; done; stty cols 30 </dev/tty) &`
  const terminal = openTerminal(`${narrower} reckon 1+2+3+4+5+6+7+8+9 --keep-order`, variables)
  await terminal.until('No agent is connected')
  const agent = await world.openAgent({ name: 'shed-1', slots: 1 })
  await agent.take(1)
  await terminal.until('▶ 1 + 2  shed-1')
  writeFileSync(path.join(folder, 'go'), '')
  await terminal.when(() => /0\/8 {2}1 …/.test(terminal.shown), 'being cut to 30 columns')
  terminal.pressCtrlC()
  expect(await terminal.ended).toBe(130)
  expect(terminal.shown).toMatch(/it goes on computing.\n {2}reckon watch \S+ /)
})
