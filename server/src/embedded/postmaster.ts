import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { locateBinaries, type Binaries } from './binaries.ts'
import type { DataFolder } from './data-folder.ts'
import type { Guard } from './guard.ts'
import { holderOf, readPostmasterFile, removeStalePostmasterFile } from './postmaster-file.ts'
import { openPrivateFile } from './private-files.ts'
import { EmbeddedFailure, problemFromOutput } from './problem.ts'
import { endProcess, type Escalation } from './process.ts'
import type { Unprivileged } from './unprivileged.ts'

/** A running server of the folder: ours, or one that outlived the Reckon that started it. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** Nothing tells when another program's file or process changes, so it is looked at this often. */
const pollMs = 20

/** How long a living server may take to stop, to recover or to answer before its folder counts as in use. */
const patienceMs = 60_000

const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  // No replication: the log need hold no more than a recovery after a crash takes.
  wal_level: 'minimal',
  max_wal_senders: '0',
  fsync: 'on',
  synchronous_commit: 'on',
  jit: 'off',
  timezone: 'UTC',
  // Errors of statements reach whoever sent them; in the log they would only grow.
  log_min_messages: 'log',
  log_checkpoints: 'off',
}

/** Finds a server that runs on the folder already; undefined once it is certain that none does. */
export async function findSurvivor(folder: DataFolder): Promise<Postmaster | undefined> {
  const attempts = patienceMs / pollMs
  for (let attempt = 0; attempt < attempts; attempt++) {
    const file = readPostmasterFile(folder.data)
    if (file === undefined) return undefined
    const holder = file.pid === undefined ? 'another-program' : holderOf(file.pid, folder.data)
    if (holder === 'nobody') return undefined
    if (holder === 'postmaster' && file.pid !== undefined && file.port !== undefined && file.isReady)
      return { pid: file.pid, port: file.port }
    // A file that was just made is empty for a moment.
    const isStale = file.pid !== undefined || attempt * pollMs > 2_000
    if (holder !== 'postmaster' && isStale && removeStalePostmasterFile(folder.data)) return undefined
    await delay(pollMs)
  }
  const pid = readPostmasterFile(folder.data)?.pid
  throw new EmbeddedFailure({
    kind: 'in-use',
    directory: folder.directory,
    by: `process ${pid ?? 'unknown'}, which neither stops nor gets ready`,
  })
}

/**
 * Starts a server on the folder, on a free port where none is given. Undefined where another start was quicker: then there
 * is a survivor to find. It runs detached, so that Ctrl-C reaches only Reckon, which stops it in order.
 */
export async function launch(
  folder: DataFolder,
  binaries: Binaries,
  unprivileged: Unprivileged,
  overrides: Readonly<Record<string, string>>,
  guard: Guard | undefined,
  port?: number,
): Promise<Postmaster | undefined> {
  for (let attempt = 1; ; attempt++) {
    const chosen = port ?? (await freePort())
    const output = await run(folder, binaries, unprivileged, { ...settings, ...overrides, port: String(chosen) }, guard)
    if (typeof output === 'number') return { pid: output, port: chosen }
    if (/lock file "postmaster\.pid" (already exists|is empty)/.test(output)) return undefined
    const isPortTaken = /could not bind|Address already in use/.test(output)
    if (isPortTaken && port === undefined && attempt < 5) continue
    throw new EmbeddedFailure(problemFromOutput('postgres', folder.directory, output))
  }
}

/**
 * PostgreSQL stops fast at SIGINT, and at once at SIGQUIT, after which the next start recovers from its log. What is in its memory and not on
 * disk is at most 64 MB, which takes no disk that works this long.
 */
const escalations: readonly Escalation[] = [
  { afterMs: 15_000, signal: 'SIGQUIT' },
  { afterMs: 5_000, signal: 'SIGKILL' },
]

/** Ends the server in order: open transactions are rolled back, all that was committed is on disk. */
export async function stopPostmaster(
  { pid }: Pick<Postmaster, 'pid'>,
  { data }: Pick<DataFolder, 'data'>,
): Promise<void> {
  const isThere = () => holderOf(pid, data) === 'postmaster'
  if (process.platform !== 'win32') return endProcess(pid, 'SIGINT', escalations, isThere)
  // Windows has no signals; pg_ctl knows what PostgreSQL takes in their place.
  if (isThere()) spawnSync(locateBinaries().pgCtl, ['stop', '-D', data, '-m', 'fast'])
  while (isThere()) await delay(pollMs)
}

/** The number of a server that is ready, or what a server wrote before it gave up. */
async function run(
  folder: DataFolder,
  binaries: Binaries,
  unprivileged: Unprivileged,
  parameters: Readonly<Record<string, string>>,
  guard: Guard | undefined,
): Promise<number | string> {
  const options = Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [program, ...rest] = unprivileged.command(binaries.postgres, ['-D', folder.data, ...options])
  // A file and no pipe: a pipe would break when Reckon is killed and the server lives on.
  closeSync(openPrivateFile(folder.log, 'w'))
  // At the end of it, wherever that is: see log-rotation.ts.
  const log = openPrivateFile(folder.log, 'a')
  let child: ChildProcess
  try {
    child = spawn(program, rest, {
      ...unprivileged.user,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
  let failure: Error | undefined
  child.once('error', (error) => (failure = error))
  child.unref()
  if (child.pid !== undefined) guard?.watchPostmaster(child.pid)
  for (;;) {
    if (failure !== undefined) throw failure
    if (child.exitCode !== null || child.signalCode !== null) return readFileSync(folder.log, 'utf8')
    const file = readPostmasterFile(folder.data)
    if (child.pid !== undefined && file?.pid === child.pid && file.isReady) return child.pid
    await delay(pollMs)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
