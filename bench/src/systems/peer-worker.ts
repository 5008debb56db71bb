import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { compute, type Operator } from '../workload/expression.ts'
import type { WorkerSettings } from './worker-programs.ts'

export const settings = JSON.parse(process.argv[2] ?? '') as WorkerSettings

/** Tells whoever started this process that it takes work now, and stops it in order when it is asked to. */
export function runUntilAsked(stop: () => Promise<unknown>): void {
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
