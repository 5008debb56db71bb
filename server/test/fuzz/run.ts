/** Asks a server for what chance writes, as long as it is told: `npm run fuzz -- --seed 1 --seconds 3600`. */
import { appendFileSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { Fuzzer } from './fuzzer.ts'
import { printFinding, signatureOf } from './print-finding.ts'

// Each server ends with this process: see abuse/harness/server.ts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
    cases: { type: 'string' },
    /** Of processor time, a case. */
    limit: { type: 'string', default: '150' },
    /** `seed:case`, of a finding. */
    replay: { type: 'string' },
    /** A file to which findings are written as they come, each kind once. */
    findings: { type: 'string' },
  },
})

/** A new server now and then: what one has been through may hide what the next would show. */
const casesPerServer = 100_000

const tallyOf = ({ codes }: Fuzzer) => [...codes].map(([name, times]) => `${name} ${times}`).join(', ')

const limitMs = Number(values.limit)
const code = values.replay === undefined ? await fuzz(Number(values.seed)) : await replay(values.replay)
process.exit(code)

async function fuzz(seed: number): Promise<number> {
  const deadline = Date.now() + Number(values.seconds) * 1_000
  const most = Number(values.cases ?? Infinity)
  const known = new Map<string, number>()
  let fuzzer = await Fuzzer.start(seed, limitMs)
  let number = 0
  let toldAt = Date.now()
  for (; number < most && Date.now() < deadline; number++) {
    const finding = await fuzzer.run(number)
    if (finding !== null) {
      const signature = signatureOf(finding)
      const times = known.get(signature) ?? 0
      known.set(signature, times + 1)
      if (times === 0) {
        console.log(printFinding(finding))
        if (values.findings !== undefined) appendFileSync(values.findings, `${printFinding(finding)}\n`)
      }
    }
    if (Date.now() - toldAt > 30_000) {
      toldAt = Date.now()
      console.log(`seed ${seed}, case ${number}; ${known.size} kinds of findings; ${tallyOf(fuzzer)}`)
    }
    const isSilent = finding?.answer.status === 0
    if (!fuzzer.isAlive || isSilent || number % casesPerServer === casesPerServer - 1) {
      await fuzzer.stop()
      fuzzer = await Fuzzer.start(seed, limitMs)
    }
  }
  console.log(`seed ${seed}: ${number} cases, ${known.size} kinds of findings; ${tallyOf(fuzzer)}`)
  for (const [signature, times] of known) console.log(`${String(times).padStart(6)} × ${signature}`)
  const stopped = await fuzzer.stop()
  if (!stopped) console.log('SIGTERM did not stop the server')
  return known.size === 0 && stopped ? 0 : 1
}

async function replay(place: string): Promise<number> {
  const [seed = 1, number = 0] = place.split(':').map(Number)
  const fuzzer = await Fuzzer.start(seed, limitMs)
  console.log(JSON.stringify(fuzzer.caseOf(number), null, 2))
  const finding = await fuzzer.run(number)
  console.log(finding === null ? 'nothing found' : printFinding(finding))
  await fuzzer.stop()
  return finding === null ? 0 : 1
}
