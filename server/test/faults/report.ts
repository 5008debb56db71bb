import { appendFileSync } from 'node:fs'
import type { Verdict } from './checker/verdict.ts'
import type { Measured } from './fault-test.ts'
import type { FaultSettings } from './settings.ts'

/** One run of a fault test. */
export interface RunReport {
  readonly fault: string
  readonly seed: number
  readonly load: string
  readonly tasksLost: number
  readonly computedTwice: number
  readonly countedTwice: number
  readonly violations: number
  /** Submissions that were sent again. */
  readonly retries: number
  readonly recoveriesMs: readonly number[]
}

/** Prints what a run measured, and keeps it for the table. */
export function writeRun(
  { reportFile }: FaultSettings,
  run: {
    readonly fault: string
    readonly seed: number
    readonly measured: Measured
    readonly verdict: Verdict
    readonly retries: number
  },
): void {
  const { fault, seed, measured, verdict, retries } = run
  const report: RunReport = {
    fault,
    seed,
    load: measured.load ?? `${verdict.tasks} tasks`,
    tasksLost: verdict.tasksLost,
    computedTwice: verdict.computedTwice,
    countedTwice: verdict.countedTwice,
    violations: verdict.violations.length,
    retries,
    recoveriesMs: (measured.recoveriesMs ?? []).map(Math.round),
  }
  console.log(printTable([report]))
  if (reportFile !== null) appendFileSync(reportFile, `${JSON.stringify(report)}\n`)
}

/** A line a fault, of all its runs. */
export function printTable(reports: readonly RunReport[]): string {
  const header = ['fault', 'load', 'runs', 'lost', 'computed twice', 'counted twice', 'recovery median / worst, ms']
  const faults = [...new Set(reports.map(({ fault }) => fault))]
  const rows = faults.map((fault) => {
    const runs = reports.filter((report) => report.fault === fault)
    const sum = (figure: 'tasksLost' | 'computedTwice' | 'countedTwice') =>
      String(runs.reduce((total, run) => total + run[figure], 0))
    const figures = [sum('tasksLost'), sum('computedTwice'), sum('countedTwice')]
    const times = runs.flatMap(({ recoveriesMs }) => recoveriesMs)
    return [fault, runs[0]?.load ?? '', String(runs.length), ...figures, medianAndWorst(times)]
  })
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function medianAndWorst(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted.length === 0 ? '-' : `${sorted[sorted.length >> 1]} / ${sorted.at(-1)}`
}
