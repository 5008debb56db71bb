import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimServer } from '../src/embedded/claim.ts'
import { readDataFolder } from '../src/embedded/data-folder.ts'
import { endOrphans, hasOrphans } from '../src/embedded/orphans.ts'
import { holderOf, readPostmasterFile } from '../src/embedded/postmaster-file.ts'
import { stopPostmaster } from '../src/embedded/postmaster.ts'
import { isRunning } from '../src/embedded/process.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded/start.ts'
import { temporaryRoot } from './support/temporary.ts'

/** The system is not cut off here, so nothing need reach the disk. */
const settings = { fsync: 'off' }

let directory: string
let data: string
let running: EmbeddedPostgres[]
let log: string[]

beforeEach(() => {
  directory = mkdtempSync(path.join(temporaryRoot(), 'reckon-embedded-'))
  data = path.join(directory, 'data')
  running = []
  log = []
})

/** A folder as a clean stop leaves it, made once and copied: `initdb` takes a second. */
let pristine: string
beforeAll(async () => {
  pristine = mkdtempSync(path.join(temporaryRoot(), 'reckon-embedded-'))
  const made = await startEmbeddedPostgres({ directory: pristine, log: console.error, settings })
  if (made.kind === 'failed') throw new Error(JSON.stringify(made.problem))
  await made.stop()
})
afterAll(() => rmSync(pristine, { recursive: true }))

function reuse(): void {
  cpSync(pristine, directory, { recursive: true })
  // Newer versions of Node do not copy a folder's mode, and PostgreSQL takes no data that others might read.
  chmodSync(data, 0o700)
}

afterEach(async () => {
  for (const postgres of running) await postgres.stop()
  rmSync(directory, { recursive: true })
})

async function startAny(overrides: Readonly<Record<string, string>> = settings) {
  const outcome = await startEmbeddedPostgres({ directory, log: (message) => log.push(message), settings: overrides })
  if (outcome.kind === 'started') running.push(outcome)
  return outcome
}

async function start(overrides?: Readonly<Record<string, string>>): Promise<EmbeddedPostgres> {
  const outcome = await startAny(overrides)
  if (outcome.kind === 'failed') throw new Error(JSON.stringify(outcome.problem))
  return outcome
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

function serverPid(): number {
  const pid = readPostmasterFile(data)?.pid
  if (pid === undefined) throw new Error('no server runs')
  return pid
}

describe('startEmbeddedPostgres', () => {
  it('makes a durable database that only this user can reach, and keeps it', async () => {
    const first = await start({})
    expect(first).toMatchObject({ created: true, adopted: false })
    expect(await query(first.url, "SELECT current_setting('fsync') AS fsync")).toEqual([{ fsync: 'on' }])
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(statSync(path.join(data, 'reckon.password')).mode & 0o777).toBe(0o600)
    const stranger = new URL(first.url)
    stranger.password = 'guess'
    await expect(query(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()

    const second = await start()
    expect(second).toMatchObject({ created: false, adopted: false })
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  it('leaves no process behind when it stops, whatever is still connected', async () => {
    reuse()
    const postgres = await start()
    const pid = serverPid()
    const client = new pg.Client(postgres.url)
    client.on('error', () => {})
    await client.connect()
    await postgres.stop()
    expect(holderOf(pid, data)).not.toBe('postmaster')
    expect(readPostmasterFile(data)).toBeUndefined()
  })

  it('refuses a folder that is in use, and leaves its user alone', async () => {
    reuse()
    const first = await start()
    expect(await startAny()).toEqual({
      kind: 'failed',
      problem: { kind: 'in-use', directory, by: `another reckon (process ${process.pid})` },
    })
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('lets exactly one of several simultaneous starts have a new folder', async () => {
    const starts = await Promise.all([startInProcess(), startInProcess(), startInProcess()])
    const outcomes = starts.map(({ outcome }) => (outcome.kind === 'started' ? 'started' : outcome.problem.kind))
    expect(outcomes.sort()).toEqual(['in-use', 'in-use', 'started'])
    for (const { kill } of starts) await kill()
    // Takes over what the winner left, so that it ends with this test.
    await start()
  })

  it('brings back a server that died, at the same address', async () => {
    reuse()
    const postgres = await start()
    await query(postgres.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    process.kill(serverPid(), 'SIGKILL')
    await expect.poll(() => log, { timeout: 10_000 }).toContain('the embedded PostgreSQL is back')
    expect(await query(postgres.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })
})

describe('after a kill', () => {
  it('adopts the server that lives on, with all that was committed', async () => {
    reuse()
    const killed = await startInProcess()
    if (killed.outcome.kind !== 'started') throw new Error('it did not start')
    await query(killed.outcome.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const pid = serverPid()
    await killed.kill()

    const postgres = await start()
    expect(postgres).toMatchObject({ adopted: true, created: false, url: killed.outcome.url })
    expect(serverPid()).toBe(pid)
    expect(await query(postgres.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    await postgres.stop()
    expect(holderOf(pid, data)).not.toBe('postmaster')
  })

  it('recovers the data of a server that was killed too', async () => {
    reuse()
    const killed = await startInProcess()
    if (killed.outcome.kind !== 'started') throw new Error('it did not start')
    await query(killed.outcome.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const pid = serverPid()
    await killed.kill()
    process.kill(pid, 'SIGKILL')

    const postgres = await start()
    expect(postgres).toMatchObject({ adopted: false })
    expect(await query(postgres.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  it('starts where the number of the dead server is another program now', async () => {
    reuse()
    // Our parent, and not ourselves: PostgreSQL knows that neither it nor those who started it hold the file.
    // Not this process: PostgreSQL ignores a file that names one of those that started it.
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    writeFileSync(path.join(data, 'postmaster.pid'), `${stranger.pid}\n${data}\n1\n5432\n\n127.0.0.1\n  1 2\nready\n`)
    expect((await start()).adopted).toBe(false)
    stranger.kill()
    await once(stranger, 'exit')
  })

  it('starts where a full disk left an empty postmaster.pid', async () => {
    reuse()
    writeFileSync(path.join(data, 'postmaster.pid'), '')
    expect((await start()).adopted).toBe(false)
  })
})

describe('what outlives its server', () => {
  const agents: { readonly name: string; readonly pid: number }[] = []
  /** What a guardian does whose server had this folder. */
  const endLeft = (postmaster: number | undefined, hadFolder = true) =>
    endOrphans({ directory, postmaster, agents, hadFolder })

  async function leave(): Promise<number> {
    reuse()
    const killed = await startInProcess()
    await killed.kill()
    return serverPid()
  }

  it('is ended when nobody has adopted it', async () => {
    const pid = await leave()
    expect(hasOrphans({ directory, postmaster: pid, agents, hadFolder: true })).toBe(true)
    expect(await endLeft(pid)).toBe('held')
    expect(holderOf(pid, data)).not.toBe('postmaster')
    expect(hasOrphans({ directory, postmaster: pid, agents, hadFolder: true })).toBe(false)
    expect(await endLeft(pid)).toBe('empty')
  })

  it('is left to who has adopted it', async () => {
    const pid = await leave()
    const postgres = await start()
    expect(await endLeft(pid)).toBe('taken')
    expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(log).toEqual([])
  })

  it('is ended also while it is not ready, which takes no connection', async () => {
    const pid = await leave()
    const file = path.join(data, 'postmaster.pid')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/ready\s*$/, 'starting\n'))
    expect(await endLeft(pid)).toBe('unheld')
    expect(holderOf(pid, data)).not.toBe('postmaster')
  })

  it('is ended also where its folder was deleted', async () => {
    const pid = await leave()
    const agent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', '--name', 'agent-1'])
    rmSync(data, { recursive: true })
    const orphans = { directory, postmaster: pid, agents: [{ name: 'agent-1', pid: agent.pid ?? 0 }], hadFolder: true }
    expect(await endOrphans(orphans)).toBe('unheld')
    // Killed, each is there still until whoever inherited it has taken note of its end.
    await expect.poll(() => isRunning(pid)).toBe(false)
    await expect.poll(() => isRunning(agent.pid ?? 0)).toBe(false)
  })

  it('makes a start wait that comes while it is being ended, which then has a server of its own', async () => {
    const pid = await leave()
    const postmaster = { pid, port: readPostmasterFile(data)?.port ?? 0 }
    const outcome = await claimServer(postmaster, readDataFolder(directory), 'guardian')
    if (outcome.kind !== 'claimed') throw new Error('somebody has it')
    const starting = start()
    const watcher = await claimServer(postmaster, readDataFolder(directory), 'reckon')
    expect(watcher).toEqual({ kind: 'owned', by: `another reckon guardian (process ${process.pid})`, isPassing: true })
    await stopPostmaster(postmaster, { data })
    const postgres = await starting
    expect(postgres.adopted).toBe(false)
    expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('is not ended by a start that was refused the folder', async () => {
    const pid = await leave()
    expect(hasOrphans({ directory, postmaster: undefined, agents, hadFolder: false })).toBe(false)
    await endLeft(pid)
  })
})

describe('a data folder that it cannot use', () => {
  async function startDamaged(damage: () => void) {
    reuse()
    damage()
    const outcome = await startAny()
    return outcome.kind === 'failed' ? outcome.problem : outcome
  }

  it('names what is missing or garbled, and deletes nothing', async () => {
    const version = path.join(data, 'PG_VERSION')
    expect(await startDamaged(() => writeFileSync(version, 'what?'))).toEqual({
      kind: 'damaged',
      directory,
      reason: 'data/PG_VERSION does not hold a version',
    })
    expect(readFileSync(version, 'utf8')).toBe('what?')
    rmSync(version)
    expect(await startAny()).toMatchObject({ problem: { kind: 'damaged', reason: 'data/PG_VERSION is missing' } })
    expect(statSync(path.join(data, 'global/pg_control')).size).toBeGreaterThan(0)
  })

  it('tells another major version', async () => {
    expect(await startDamaged(() => writeFileSync(path.join(data, 'PG_VERSION'), '15\n'))).toEqual({
      kind: 'other-version',
      directory,
      found: 15,
      expected: 18,
    })
  })

  it('tells a password that does not fit', async () => {
    expect(await startDamaged(() => writeFileSync(path.join(data, 'reckon.password'), 'x'))).toEqual({
      kind: 'damaged',
      directory,
      reason: 'its password file does not fit its data',
    })
    process.kill(serverPid(), 'SIGQUIT')
  })

  it('shows the last lines of a server that gave up', async () => {
    const problem = await startDamaged(() => writeFileSync(path.join(data, 'postgresql.conf'), 'nonsense = 1\n'))
    expect(problem).toMatchObject({ kind: 'failed', step: 'postgres' })
    expect(JSON.stringify(problem)).toContain('unrecognized configuration parameter')
  })

  it('tells a file where the folder should be', async () => {
    writeFileSync(data, '')
    expect(await startAny()).toMatchObject({ kind: 'failed', problem: { kind: 'not-writable', directory } })
  })
})

/** A start in a process of its own, which can be killed as no code of this one could. */
async function startInProcess() {
  const child = fork(fileURLToPath(new URL('support/embedded-process.ts', import.meta.url)), [directory], {
    execArgv: ['--import', 'tsx'],
  })
  const exited = once(child, 'exit')
  const [outcome] = (await once(child, 'message')) as [Awaited<ReturnType<typeof startEmbeddedPostgres>>]
  return {
    outcome,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
