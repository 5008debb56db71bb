import { randomBytes } from 'node:crypto'
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import type { Binaries } from './binaries.ts'
import type { Guard } from './guard.ts'
import { makePrivateFolder } from './private-files.ts'
import { EmbeddedFailure, problemFromOutput } from './problem.ts'
import { isAlive } from './process.ts'
import type { Unprivileged } from './unprivileged.ts'

/** A folder that holds a PostgreSQL's data, its password and its log. */
export interface DataFolder {
  readonly directory: string
  /** What PostgreSQL calls its data directory. */
  readonly data: string
  readonly log: string
  readonly password: string
  /** Whether it was made just now. */
  readonly created: boolean
}

export const superuser = 'postgres'

/** Within the data, so that both come into being, are copied and are moved as one. */
const passwordFile = 'reckon.password'

/** Opens the folder, made first where there is none. Never changes or deletes data that it does not understand. */
export async function openDataFolder(
  directory: string,
  isDurable: boolean,
  binaries: Binaries,
  unprivileged: Unprivileged,
  guard?: Guard,
): Promise<DataFolder> {
  const data = dataIn(directory)
  makePrivateFolder(directory)
  const created = isAbsent(data) && (await initialise(directory, isDurable, binaries, unprivileged, guard))
  checkData(directory, data, binaries.majorVersion)
  unprivileged.own(directory)
  unprivileged.ownAll(data)
  return { ...readDataFolder(directory), created }
}

/** A folder that is open already, by this or another process. */
export function readDataFolder(directory: string): DataFolder {
  const data = dataIn(directory)
  const log = path.join(directory, 'postgres.log')
  return { directory, data, log, password: readPassword(directory, data), created: false }
}

const dataIn = (directory: string) => path.join(directory, 'data')

function isAbsent(data: string): boolean {
  return !existsSync(data) || readdirSync(data).length === 0
}

/** Makes the data beside its place and renames it, so that a start that is cut short leaves nothing half made. Tells false where another start was quicker. */
async function initialise(
  directory: string,
  isDurable: boolean,
  binaries: Binaries,
  unprivileged: Unprivileged,
  guard: Guard | undefined,
): Promise<boolean> {
  removeLeftovers(directory)
  const data = dataIn(directory)
  const draft = `${data}.init.${process.pid}`
  const password = `${draft}.password`
  try {
    writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
    unprivileged.own(directory)
    unprivileged.own(password)
    const [program, ...parameters] = unprivileged.command(binaries.initdb, [
      `--pgdata=${draft}`,
      `--username=${superuser}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(isDurable ? [] : ['--no-sync']),
    ])
    await runInitdb(directory, program, parameters, unprivileged, guard)
    renameSync(password, path.join(draft, passwordFile))
    renameSync(draft, data)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
    rmSync(password, { force: true })
  }
}

/** Drafts of starts that were killed. */
function removeLeftovers(directory: string): void {
  for (const name of readdirSync(directory)) {
    const pid = /^data\.init\.(\d+)/.exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    // An initdb that outlived its start may still be writing there.
    rmSync(path.join(directory, name), { recursive: true, force: true, maxRetries: 10 })
  }
}

/** In a group of its own: Ctrl-C reaches the start alone, which then stops in order. */
function runInitdb(
  directory: string,
  program: string,
  parameters: readonly string[],
  unprivileged: Unprivileged,
  guard: Guard | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      ...unprivileged.user,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    if (child.pid !== undefined) guard?.watchInitdb(child.pid)
    let output = ''
    child.stdout.on('data', (text) => (output += String(text)))
    child.stderr.on('data', (text) => (output += String(text)))
    child.once('error', reject)
    child.once('close', (code) => {
      guard?.watchInitdb(null)
      if (code === 0) resolve()
      else reject(new EmbeddedFailure(problemFromOutput('initdb', directory, output)))
    })
  })
}

function checkData(directory: string, data: string, expected: number): void {
  const damaged = (reason: string) => new EmbeddedFailure({ kind: 'damaged', directory, reason })
  for (const file of ['PG_VERSION', 'global/pg_control', 'postgresql.conf'])
    if (!existsSync(path.join(data, file))) throw damaged(`data/${file} is missing`)
  const version = readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim()
  if (!/^\d{1,3}(\.\d+)?$/.test(version)) throw damaged('data/PG_VERSION does not hold a version')
  const found = Number.parseInt(version, 10)
  if (found !== expected) throw new EmbeddedFailure({ kind: 'other-version', directory, found, expected })
}

function readPassword(directory: string, data: string): string {
  const file = path.join(data, passwordFile)
  if (!existsSync(file))
    throw new EmbeddedFailure({ kind: 'damaged', directory, reason: `data/${passwordFile} is missing` })
  return readFileSync(file, 'utf8').trim()
}
