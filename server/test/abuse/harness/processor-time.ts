import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'

/** Whether the system tells what a process has taken from the processor and the memory, as Linux does. */
export const canMeasure = existsSync(`/proc/${process.pid}/task/${process.pid}/schedstat`)

export interface ThreadTime {
  /** What the thread has had of a processor, in milliseconds: the same on an idle machine and a loaded one. */
  readonly ranMs: number
  /** How long it was ready and had to wait for one: the machine's fault, not the program's. */
  readonly waitedMs: number
}

const nothing: ThreadTime = { ranMs: 0, waitedMs: 0 }

/** Of the main thread of a process; nothing where it has ended. */
export function threadTimeOf(pid: number): ThreadTime {
  const [ran = 0, waited = 0] = read(`/proc/${pid}/task/${pid}/schedstat`).split(' ').map(Number)
  return ran === 0 ? nothing : { ranMs: ran / 1e6, waitedMs: waited / 1e6 }
}

/** Of all threads of a process, to 10 ms. */
export function processTimeOf(pid: number): number {
  // The name in parentheses may hold anything.
  const [user = 0, system = 0] = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return (user + system) * 10
}

/** The processes that a process has started and that live. */
export const childrenOf = (pid: number): number[] =>
  read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((text) => text !== '')
    .map(Number)

export interface Memory {
  readonly residentMiB: number
  /** The highest since the process began, or since `forgetPeak`. */
  readonly peakMiB: number
}

export function memoryOf(pid: number): Memory {
  const status = read(`/proc/${pid}/status`)
  const mebibytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  return { residentMiB: mebibytes('VmRSS'), peakMiB: mebibytes('VmHWM') }
}

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
