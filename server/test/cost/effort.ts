import process from 'node:process'

/** What a piece of work took of the process, whatever the weather on the machine. */
export interface Effort {
  readonly cpuMs: number
  /** The most processor time between two turns of the event loop. */
  readonly longestTurnMs: number
}

/** Measures what happens in this process, server and client alike, until the work is done. */
export async function effortOf<Result>(work: () => Promise<Result>): Promise<Effort & { readonly result: Result }> {
  const before = process.cpuUsage()
  let turn = before
  let longestTurnMs = 0
  let isDone = false
  const look = () => {
    const took = milliseconds(process.cpuUsage(turn))
    turn = process.cpuUsage()
    longestTurnMs = Math.max(longestTurnMs, took)
    if (!isDone) setImmediate(look)
  }
  setImmediate(look)
  try {
    const result = await work()
    return { result, cpuMs: milliseconds(process.cpuUsage(before)), longestTurnMs }
  } finally {
    isDone = true
  }
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1_000
