/** Tries everything that somebody may try who wants the server to fail, and prints what it took as a table. */
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { Arena } from './harness/arena.ts'
import type { Verdict } from './harness/judge.ts'
import { canMeasure } from './harness/processor-time.ts'
import type { Probe } from './probe.ts'
import { probes } from './probes.ts'
import { printTable } from './report.ts'

// Each server ends with this process: see harness/server.ts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    report: { type: 'string' },
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})
if (!canMeasure)
  throw new Error('What the server takes of the processor is read from /proc, which this system has not.')

const chosen = probes.filter(({ name }) => values.only.length === 0 || values.only.some((part) => name.includes(part)))
if (values.list) for (const { name, kind } of chosen) console.log(`${kind.padEnd(12)} ${name}`)
else await runAll(chosen)

/** Each on a server of its own, so that none is blamed for another. */
async function runAll(those: readonly Probe[]): Promise<void> {
  const verdicts: Verdict[] = []
  for (const probe of those) {
    const verdict = await runAlone(probe)
    verdicts.push(verdict)
    console.log(`${verdict.faults.length === 0 ? 'sound ' : 'FAULTY'} ${probe.name}`)
    for (const fault of verdict.faults) console.log(`         ${fault}`)
    // Written each time, so that a run that is cut short has told what it knew.
    if (values.report !== undefined) writeFileSync(values.report, `${printTable(verdicts)}\n`)
  }
  console.log(`\n${printTable(verdicts)}\n`)
  const faulty = verdicts.filter(({ faults }) => faults.length > 0).length
  console.log(`${verdicts.length - faulty} sound, ${faulty} faulty`)
  process.exit(faulty === 0 ? 0 : 1)
}

async function runAlone(probe: Probe): Promise<Verdict> {
  const arena = await Arena.open(probe.environment)
  const verdict = await arena.run(probe, values.quick ? 'quick' : 'whole')
  const stopped = await arena.close()
  return stopped ? verdict : { ...verdict, faults: [...verdict.faults, 'SIGTERM did not stop the server'] }
}
