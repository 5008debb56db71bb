import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { commandOf, isAlive, isZombie } from './process.ts'

/** What a postmaster writes about itself into its data folder. */
export interface PostmasterFile {
  /** Undefined where the file is empty or garbled, as a full disk leaves it. */
  readonly pid: number | undefined
  /** Undefined in the first moments of a start. */
  readonly port: number | undefined
  readonly isReady: boolean
}

/** Who has the process number that the file names. */
export type Holder =
  | 'nobody'
  | 'postmaster'
  /** A postmaster that has ended and that its parent has not yet reaped: its number still counts as taken. */
  | 'zombie'
  /** A number used again, as is usual after a restart of a container. */
  | 'another-program'

const file = (data: string) => path.join(data, 'postmaster.pid')

export function readPostmasterFile(data: string): PostmasterFile | undefined {
  let lines: string[]
  try {
    lines = readFileSync(file(data), 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const pid = Number.parseInt(lines[0] ?? '', 10)
  const port = Number.parseInt(lines[3] ?? '', 10)
  return { pid: pid > 0 ? pid : undefined, port: port > 0 ? port : undefined, isReady: lines[7]?.trim() === 'ready' }
}

/** Tells who holds the number. Where the system does not say, a living process counts as a postmaster: that is the safe side. */
export function holderOf(pid: number, data: string): Holder {
  if (!isAlive(pid)) return 'nobody'
  if (process.platform === 'linux') return holderOnLinux(pid, data)
  if (process.platform === 'darwin') return isPostgresOnDarwin(pid) ? 'postmaster' : 'another-program'
  return 'postmaster'
}

/**
 * Removes a file whose number is another program's, which would stop PostgreSQL from starting. Left alone while any server
 * process of the folder lives on, since PostgreSQL needs the file to notice it; then tells false.
 */
export function removeStalePostmasterFile(data: string): boolean {
  if (process.platform === 'linux' && hasServerProcess(data)) return false
  rmSync(file(data), { force: true })
  return true
}

function holderOnLinux(pid: number, data: string): Holder {
  try {
    if (isZombie(pid)) return 'zombie'
    return worksIn(pid, data) ? 'postmaster' : 'another-program'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ESRCH' ? 'nobody' : 'postmaster'
  }
}

/** Every server process works in its data folder, by whatever name or link that was given. */
function worksIn(pid: number, data: string): boolean {
  // One that was deleted under its server has no number any more.
  if (!existsSync(data)) return readlinkSync(`/proc/${pid}/cwd`) === `${path.resolve(data)} (deleted)`
  const [own, folder] = [statSync(`/proc/${pid}/cwd`), statSync(data)]
  return own.ino === folder.ino && own.dev === folder.dev
}

function hasServerProcess(data: string): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      return worksIn(Number(name), data) && readFileSync(`/proc/${name}/comm`, 'utf8').startsWith('postgres')
    } catch {
      // It ended meanwhile, or is another user's.
      return false
    }
  })
}

function isPostgresOnDarwin(pid: number): boolean {
  try {
    return commandOf(pid).includes('postgres')
  } catch {
    return false
  }
}
