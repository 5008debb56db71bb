import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A living process of a data folder. Told by Linux alone. */
export interface FolderProcess {
  readonly pid: number
  readonly command: readonly string[]
}

/** All that runs for a data folder: what was started with it in its environment or its arguments, or works in it. */
export function processesOf(data: string): FolderProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').filter(Boolean)
      const isOfFolder =
        command.some((word) => word.includes(data)) ||
        readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(`RECKON_DATA=${data}`) ||
        readlinkSync(`/proc/${name}/cwd`).startsWith(data)
      // A process that has ended and is not yet reaped has no command.
      return isOfFolder && command.length > 0 ? [{ pid: Number(name), command }] : []
    } catch {
      // It ended meanwhile.
      return []
    }
  })
}

/** The number of the process that runs a program, such as `server/dist/main.js`. */
export function pidOf(data: string, program: string): number {
  const found = processesOf(data).find(
    ({ command: [first = '', ...rest] }) =>
      first.endsWith(program) || (/node$/.test(first) && rest.some((word) => word.endsWith(program))),
  )
  if (found === undefined) throw new Error(`nothing runs ${program}: ${describeProcesses(data).join('; ')}`)
  return found.pid
}

export const describeProcesses = (data: string): string[] =>
  processesOf(data).map(({ pid, command }) => `${pid} ${command.join(' ').slice(0, 120)}`)
