import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { compute, type Operator } from '../src/workload/expression.ts'
import type { WorkerSettings } from './workers.ts'

export const settings = JSON.parse(process.argv[2] ?? '') as WorkerSettings

/** How often the benchmark is told how many operations are done. */
const reportMs = 50

let done = 0

/** Takes note of operations whose values are kept. */
export function countDone(operations: number): void {
  done += operations
}

/** Tells whoever started this process that it takes work now, and stops it in order when it is asked to, or at once when nobody is left. */
export function runUntilAsked(stop: () => Promise<unknown>): void {
  process.once('disconnect', () => process.exit(1))
  setInterval(() => process.send?.(done), reportMs).unref()
  process.once('SIGTERM', () => {
    void stop().then(() => process.exit(0))
  })
  process.stdout.write('ready\n')
}

/** One operation, for as long as it takes. */
export async function operate(operator: Operator, left: string, right: string): Promise<string> {
  if (settings.durationMs > 0) await delay(settings.durationMs)
  return String(compute(operator, BigInt(left), BigInt(right)))
}
