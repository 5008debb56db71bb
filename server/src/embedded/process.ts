import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'

/** How often a process that is no child of this one is looked at: nothing tells when it ends. */
const pollMs = 20

/** Whether a process has this number, be it another user's or a zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A process that has ended and that its parent has not yet reaped: its number still counts as taken. Told on Linux alone. */
export function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    // The state follows the name, which stands in parentheses and may hold anything.
    return /\) Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

export const isRunning = (pid: number): boolean => pid > 0 && isAlive(pid) && !isZombie(pid)

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    // It ended in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** What a process was started with, parted by spaces; throws where there is none of this number, or its system does not say. */
export function commandOf(pid: number): string {
  switch (process.platform) {
    case 'linux':
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    case 'win32':
      return run('powershell', [
        ...['-NoProfile', '-NonInteractive', '-Command'],
        `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`,
      ])
    default:
      return run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])
  }
}

const run = (program: string, parameters: readonly string[]): string =>
  execFileSync(program, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true })

/** A stronger signal than the one before, for a process that has not ended so long after it. */
export interface Escalation {
  readonly afterMs: number
  readonly signal: NodeJS.Signals
}

/** Asks a process to end, with more and more emphasis. Resolves when `isThere` says that it has. */
export async function endProcess(
  pid: number,
  first: NodeJS.Signals,
  escalations: readonly Escalation[],
  isThere: () => boolean = () => isRunning(pid),
): Promise<void> {
  if (!isThere()) return
  signal(pid, first)
  for (const { afterMs, signal: next } of escalations) {
    for (let waitedMs = 0; waitedMs < afterMs; waitedMs += pollMs) {
      await delay(pollMs)
      if (!isThere()) return
    }
    signal(pid, next)
  }
  while (isThere()) await delay(pollMs)
}
