import { expect, test } from 'vitest'
import { LeaseWatch } from './checker/lease-watch.ts'
import type { Ending } from './checker/log.ts'
import { checkInvariants, type Verdict } from './checker/verdict.ts'
import { canMount } from './harness/small-disk.ts'
import { Cluster, type ClusterOptions } from './harness/cluster.ts'
import { writeRun } from './report.ts'
import { readFaultSettings } from './settings.ts'

interface FaultOptions extends Omit<ClusterOptions, 'seed'> {
  /** Whether it belongs to the part that runs in `npm test`. */
  readonly isRepresentative?: boolean
  /** Whether the fault is the database's, so that the servers' logs may tell of errors. */
  readonly mayLogErrors?: boolean
}

/** What a run of a fault test brings, beside the verdict. */
export interface Measured {
  /** In words, such as `200 expressions, 10 000 tasks`; by default what was submitted. */
  readonly load?: string
  /** How long each recovery took, in milliseconds; what recovery means is the test's to say. */
  readonly recoveriesMs?: readonly number[]
  /** Of expressions that are to end otherwise than with their result. */
  readonly endings?: ReadonlyMap<string, readonly Ending[]>
}

const settings = readFaultSettings()
const timeoutMs = 180_000

/** A test of what the cluster does under a fault, once for each seed. The invariants are checked at its end. */
export function faultTest(fault: string, options: FaultOptions, run: (cluster: Cluster) => Promise<Measured>): void {
  for (const seed of settings.seeds)
    test.runIf(settings.isWhole || options.isRepresentative)(
      `${fault} (seed ${seed})`,
      async ({ skip }) => {
        if (options.diskMebibytes !== undefined && !canMount()) return skip('this user may not mount a small disk')
        const cleanups: (() => unknown)[] = []
        let cluster: Cluster | undefined
        let isJudged = false
        let outcome: { measured: Measured; verdict: Verdict } | undefined
        try {
          cluster = await Cluster.start({ seed, ...options }, (cleanup) => cleanups.push(cleanup))
          outcome = await judge(cluster, run)
          isJudged = true
        } finally {
          if (!isJudged && cluster) showLogs(cluster)
          for (const cleanup of cleanups.reverse()) await cleanUp(cleanup, !isJudged)
        }
        const problems = cluster.programs.flatMap((program) => program.problems)
        const servers = cluster.replicas.flatMap(({ programs }) => programs)
        const errors = servers.flatMap(({ name, errors }) => [...errors.keys()].map((error) => `${name}: ${error}`))
        writeRun(settings, { fault, seed, ...outcome, retries: cluster.load.retries })
        if (outcome.verdict.violations.length > 0) showLogs(cluster)
        expect(outcome.verdict.violations.slice(0, 20)).toEqual([])
        expect(problems).toEqual([])
        if (!options.mayLogErrors) expect(errors).toEqual([])
      },
      timeoutMs,
    )
}

/** What fails here must not stand before what failed earlier. */
async function cleanUp(cleanup: () => unknown, hasFailed: boolean): Promise<void> {
  try {
    await cleanup()
  } catch (error) {
    if (!hasFailed) throw error
    console.error(error)
  }
}

async function judge(cluster: Cluster, run: (cluster: Cluster) => Promise<Measured>) {
  const watch = new LeaseWatch(cluster)
  try {
    const measured = await run(cluster)
    const verdict = await checkInvariants(cluster, { endings: measured.endings })
    return { measured, verdict: { ...verdict, violations: [...verdict.violations, ...(await watch.stop())] } }
  } finally {
    await watch.stop()
  }
}

/** The ends of their logs. */
function showLogs({ programs }: Cluster): void {
  for (const { name, lastLines } of programs) console.error([`${name}:`, ...lastLines.map(shorten)].join('\n  '))
}

const shorten = (line: string): string => line.replace(/,"pid":\d+,"hostname":"[^"]*"/, '').slice(0, 400)
