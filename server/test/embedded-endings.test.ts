import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ending, setDurations, submit } from './support/expressions.ts'
import { NpmStart } from './support/npm-start.ts'
import { register, signedIn, type Person } from './support/people.ts'
import { describeProcesses, pidOf, processesOf } from './support/processes.ts'
import { hasTerminal, noTerminal, type Terminal } from './support/terminal.ts'

/** Only what never ends takes so long, however loaded the machine is. */
const patience = { timeout: 60_000, interval: 50 }
const timeoutMs = 180_000

/** Makes the server fail as a bug would. */
const bug = `--import=data:text/javascript,${encodeURIComponent(
  'process.on("SIGUSR2", () => { throw new Error("a bug") })',
)}`

it('finds a terminal to be tested in, where it must', ({ skip }) => {
  if (process.env['CI'] !== 'true' && !hasTerminal) skip(noTerminal)
  expect(hasTerminal, noTerminal).toBe(true)
})

describe.runIf(hasTerminal)('npm start in a terminal', { timeout: timeoutMs }, () => {
  let product: NpmStart
  let admin: { readonly token: string; readonly userId: string } | undefined
  /** What was submitted before each ending so far. */
  const submitted: string[] = []
  let logged = 0

  beforeAll(async () => {
    product = await NpmStart.prepare({ environment: { NODE_OPTIONS: bug } })
    // As an earlier version has left it, which let others read it.
    mkdirSync(path.join(product.data, 'agents'), { recursive: true })
    for (const folder of ['', 'agents']) chmodSync(path.join(product.data, folder), 0o755)
    for (const file of ['server.log', 'postgres.log', 'agents/agent-1.log'])
      writeFileSync(path.join(product.data, file), '', { mode: 0o644 })
  })
  afterAll(async () => {
    for (const { pid } of processesOf(product.data)) process.kill(pid, 'SIGKILL')
    product.remove()
  })

  /** Each start follows another ending, and finds all that was there before it. */
  async function start(): Promise<Terminal> {
    const terminal = product.start()
    await terminal.until('Press Ctrl-C to stop.')
    logged = guardianLog().length
    const user = await signIn()
    for (const id of submitted) expect((await ending(user, id)).result).toEqual({ fraction: '2' })
    const { id } = await submit(user, '1+1')
    await ending(user, id)
    submitted.push(id)
    return terminal
  }

  async function signIn(): Promise<Person> {
    if (admin !== undefined) return signedIn(product, admin.token, admin.userId)
    const person = await register(product, 'admin@example.com')
    await setDurations(person, { ADD: 0 })
    admin = { token: person.token, userId: person.userId }
    return person
  }

  const nothingRuns = () => expect.poll(() => describeProcesses(product.data), patience).toEqual([])
  const guardianLog = () => readFileSync(path.join(product.data, 'guardian.log'), 'utf8')
  /** What was left to the guardian since the last start. */
  const leftToGuardian = () => guardianLog().slice(logged)
  const kill = (program: string, signal: NodeJS.Signals = 'SIGKILL') =>
    process.kill(pidOf(product.data, program), signal)

  const server = 'scripts/start.mjs'
  const guardian = 'server/dist/guardian.js'

  it('stops in order at one Ctrl-C, and neither Node nor npm has anything to complain of', async () => {
    const terminal = await start()
    terminal.pressCtrlC()
    expect(await terminal.ended).toBe(0)
    // In order means that nothing was left to the guardian.
    expect(describeProcesses(product.data)).toEqual([])
    expect(leftToGuardian()).toBe('')
    expect(terminal.shown).toContain('Press Ctrl-C again to stop at once.')
    expect(terminal.shown).not.toMatch(/npm error|warn|deprecat/i)
  })

  it('keeps what it writes from other users, also where they could read it before', () => {
    const entries = readdirSync(product.data, { withFileTypes: true, recursive: true })
    const modes = entries
      .map((entry) => ({ file: path.join(entry.parentPath, entry.name), isFolder: entry.isDirectory() }))
      .map(({ file, isFolder }) => ({ file, isFolder, mode: statSync(file).mode & 0o777 }))
    expect(modes.length).toBeGreaterThan(10)
    expect(modes.filter(({ isFolder, mode }) => mode !== (isFolder ? 0o700 : 0o600))).toEqual([])
    expect(statSync(product.data).mode & 0o777).toBe(0o700)
  })

  it('stops at once at a later Ctrl-C, and leaves nothing even so', async () => {
    const terminal = await start()
    // An agent that does not answer holds up the stop.
    kill('agent/dist/main.js', 'SIGSTOP')
    // Those that come right after the first are still that one.
    const pressing = setInterval(() => terminal.pressCtrlC(), 200)
    const code = await terminal.ended
    clearInterval(pressing)
    expect(code).toBe(128 + constants.signals.SIGINT)
    expect(terminal.shown).toContain('Stopped at once.')
    expect(terminal.shown).not.toMatch(/npm error/i)
    await nothingRuns()
  })

  it('stops in order at a SIGTERM', async () => {
    const terminal = await start()
    kill(server, 'SIGTERM')
    expect(await terminal.ended).toBe(0)
    expect(describeProcesses(product.data)).toEqual([])
  })

  it('stops in order when its terminal is closed', async () => {
    const terminal = await start()
    terminal.close()
    await nothingRuns()
    expect(leftToGuardian()).toBe('')
  })

  it('stops in order when npm is killed', async () => {
    const terminal = await start()
    kill('npm start')
    await terminal.ended
    await nothingRuns()
    expect(leftToGuardian()).toBe('')
  })

  it('goes on when the guardian is killed, with another, which then does its work', async () => {
    const terminal = await start()
    const first = pidOf(product.data, guardian)
    process.kill(first, 'SIGKILL')
    // A process that was just killed is still there for a moment.
    await expect.poll(() => [0, first].includes(readGuardian()), patience).toBe(false)
    kill(server)
    await terminal.ended
    await nothingRuns()
    expect(leftToGuardian()).toContain('ended its agents and its PostgreSQL')
  })

  /** 0 while there is none. */
  function readGuardian(): number {
    try {
      return pidOf(product.data, guardian)
    } catch {
      return 0
    }
  }

  it('leaves nothing when the server is killed', async () => {
    const terminal = await start()
    kill(server)
    await terminal.ended
    await nothingRuns()
  })

  it('leaves nothing when the server ends by an error that nobody caught, and logs it', async () => {
    const terminal = await start()
    kill(server, 'SIGUSR2')
    expect(await terminal.ended).toBe(1)
    await nothingRuns()
    expect(readFileSync(path.join(product.data, 'server.log'), 'utf8')).toContain('a bug')
  })

  it('loses nothing of what was there before the last ending', async () => {
    const terminal = await start()
    terminal.pressCtrlC()
    expect(await terminal.ended).toBe(0)
    expect(submitted).toHaveLength(9)
  })
})

describe.runIf(hasTerminal)('npm start that is ended before it is ready', { timeout: timeoutMs }, () => {
  const prepared: NpmStart[] = []
  async function prepare(build?: string): Promise<NpmStart> {
    const product = await NpmStart.prepare({ build })
    prepared.push(product)
    return product
  }
  afterAll(async () => {
    for (const product of prepared) {
      for (const { pid } of processesOf(product.data)) process.kill(pid, 'SIGKILL')
      product.remove()
    }
  })
  const nothingRuns = ({ data }: NpmStart) => expect.poll(() => describeProcesses(data), patience).toEqual([])

  async function startsAndStops(product: NpmStart): Promise<void> {
    const terminal = product.start()
    await terminal.until('Press Ctrl-C to stop.')
    terminal.pressCtrlC()
    expect(await terminal.ended).toBe(0)
    expect(describeProcesses(product.data)).toEqual([])
    // Nor any draft of a database.
    expect(readdirSync(product.data).filter((name) => name.startsWith('data.'))).toEqual([])
  }

  const initdbRuns = ({ data }: NpmStart) =>
    expect.poll(() => describeProcesses(data).join(), patience).toMatch(/initdb --pgdata/)

  it('stops in order at Ctrl-C while it makes its database', async () => {
    const product = await prepare()
    const terminal = product.start()
    await initdbRuns(product)
    terminal.pressCtrlC()
    expect(await terminal.ended).toBe(0)
    expect(describeProcesses(product.data)).toEqual([])
    expect(terminal.shown).not.toMatch(/npm error|did not start/)
    await startsAndStops(product)
  })

  it('leaves nothing when it is killed while it makes its database', async () => {
    const product = await prepare()
    const terminal = product.start()
    await initdbRuns(product)
    process.kill(pidOf(product.data, 'scripts/start.mjs'), 'SIGKILL')
    await terminal.ended
    await nothingRuns(product)
    await startsAndStops(product)
  })

  it('leaves nothing at Ctrl-C in the build', async () => {
    const product = await prepare('echo building && sleep 1000')
    const terminal = product.start()
    await terminal.until('building')
    terminal.pressCtrlC()
    expect(await terminal.ended).not.toBe(0)
    await nothingRuns(product)
    expect(existsSync(product.data)).toBe(false)
  })
})
