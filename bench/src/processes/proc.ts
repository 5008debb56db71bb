import { existsSync, readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'

/** Whether this system tells of processes in /proc, as Linux does. */
export const hasProc = existsSync('/proc/self/stat')

/** What `sysconf(_SC_CLK_TCK)` gives on every Linux that Node runs on. */
const ticksPerSecond = 100

/** All processes as they are at one moment. What this process has started is not counted with it: it is measured apart. */
export class ProcessTable {
  private readonly childrenOf = new Map<number, number[]>()

  constructor() {
    for (const pid of readdirSync('/proc').map(Number))
      if (pid > 0 && parentOf(pid) !== process.pid)
        this.childrenOf.set(parentOf(pid), [...(this.childrenOf.get(parentOf(pid)) ?? []), pid])
  }

  /** CPU seconds of processes so far with all below them, those that have ended too: what ends is counted by its parent. */
  cpuSeconds(pids: readonly number[]): number {
    // utime, stime, cutime and cstime, of which the last two are of children that have ended.
    const ticksOf = (pid: number) => statOf(pid).slice(11, pid === process.pid ? 13 : 15)
    const ticks = pids.flatMap((pid) => this.family(pid)).flatMap((pid) => ticksOf(pid).map(Number))
    return sum(ticks) / ticksPerSecond
  }

  /** Bytes of memory that processes have with all below them: what each has for itself, and once what they share. */
  residentBytes(pids: readonly number[]): number {
    const statuses = pids.flatMap((pid) => this.family(pid)).map((pid) => read(`/proc/${pid}/status`))
    const field = (name: string) =>
      statuses.map((status) => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0))
    return sum(field('RssAnon')) + Math.max(0, ...field('RssShmem')) + Math.max(0, ...field('RssFile'))
  }

  private family(pid: number): number[] {
    return [pid, ...(this.childrenOf.get(pid) ?? []).flatMap((child) => this.family(child))]
  }
}

/** 0 where there is no such process. */
export const parentOf = (pid: number): number => Number(statOf(pid)[1] ?? 0)

/** The fields of `stat` behind the name, which stands in parentheses and may hold spaces: the state, the parent, and so on. */
function statOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + (number || 0), 0)

/** A process may end at any moment: then there is nothing to read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
