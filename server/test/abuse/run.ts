/** Tries everything that somebody may try who wants the server to fail, and prints what it took as a table. */
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import type { Verdict } from './harness/judge.ts'
import { canMeasure } from './harness/processor-time.ts'
import { Series } from './harness/series.ts'
import type { Probe, Size } from './probe.ts'
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

const size: Size = values.quick ? 'quick' : 'whole'
const isNamed = ({ name }: Probe) => values.only.some((part) => name.includes(part))
const chosen = probes.filter((probe) =>
  values.only.length > 0 ? isNamed(probe) : size === 'whole' || probe.onlyWhole !== true,
)
if (values.list) for (const { name, kind } of chosen) console.log(`${kind.padEnd(12)} ${name}`)
else await runAll(chosen)

async function runAll(those: readonly Probe[]): Promise<void> {
  const series = new Series(size)
  const verdicts: Verdict[] = []
  for (const probe of those) {
    const verdict = await series.run(probe)
    verdicts.push(verdict)
    console.log(`${verdict.faults.length === 0 ? 'sound ' : 'FAULTY'} ${probe.name}`)
    for (const fault of verdict.faults) console.log(`         ${fault}`)
    // Written each time, so that a run that is cut short has told what it knew.
    if (values.report !== undefined) writeFileSync(values.report, `${printTable(verdicts)}\n`)
  }
  const stopped = await series.end()
  if (!stopped) console.log('FAULTY SIGTERM did not stop the server')
  console.log(`\n${printTable(verdicts)}\n`)
  const faulty = verdicts.filter(({ faults }) => faults.length > 0).length
  console.log(`${verdicts.length - faulty} sound, ${faulty} faulty`)
  process.exit(faulty === 0 && stopped ? 0 : 1)
}
