import { writeFile } from 'node:fs/promises'
import process from 'node:process'
import { help, readOptions, type Options } from './options.ts'
import { circumstances } from './report/circumstances.ts'
import { gapsOf } from './report/gaps.ts'
import { tables } from './report/tables.ts'
import { run } from './run.ts'
import { scenarios } from './scenarios/all.ts'
import { applies } from './scenarios/scenario.ts'
import { systems } from './systems/all.ts'

const say = (line: string) => process.stderr.write(`${line}\n`)
const namesOf = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)
const known = {
  systems: namesOf(systems),
  usual: namesOf(systems.filter(({ isExtra }) => isExtra !== true)),
  scenarios: namesOf(scenarios),
}

const outcome = readOptions(process.argv.slice(2), known)
switch (outcome.kind) {
  case 'help':
    process.stdout.write(help(known))
    break
  case 'invalid':
    say(outcome.problem)
    process.exitCode = 2
    break
  case 'options':
    process.exitCode = await main(outcome.options)
    break
  default:
    outcome satisfies never
}

/** @returns the exit code */
async function main(options: Options): Promise<number> {
  const stop = stopOnSignals()
  const wanted = systems.filter(({ name }) => options.systems.includes(name))
  const questions = scenarios.filter(({ name }) => options.scenarios.includes(name))
  const present = wanted.filter((system) => system.missing() === null)
  const gaps = gapsOf(wanted, questions)
  gaps.forEach(say)
  const asked = present
    .map((system) => ({ system: system.name, scenarios: namesOf(questions.filter((one) => applies(one, system))) }))
    .filter((one) => one.scenarios.length > 0)
  if (asked.length === 0) return 1
  const scale = options.quick
    ? { firstWarmUpMs: 5_000, warmUpMs: 2_000, measureMs: 1_000 }
    : { firstWarmUpMs: 15_000, warmUpMs: 2_000, measureMs: 4_000 }
  const ran = await run({ ...options, asked, scale, stop, say })
  if (ran.kind === 'failed') {
    say(stop.aborted ? 'stopped' : `${ran.system} failed in round ${ran.round}: there is no result`)
    return stop.aborted ? 130 : 1
  }
  const report = [
    tables(ran.samples, wanted, questions),
    ...gaps,
    circumstances({ ...options, systems: wanted, scenarios: questions }),
    '',
  ].join('\n')
  process.stdout.write(`\n${report}`)
  if (options.report !== null) await writeFile(options.report, report)
  return 0
}

/** Aborted at the first signal, so that all is ended in order; the second signal ends this process at once. */
function stopOnSignals(): AbortSignal {
  const stopping = new AbortController()
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(code)
      say('stopping …')
      stopping.abort()
    })
  return stopping.signal
}
