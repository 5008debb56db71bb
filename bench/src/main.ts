import { writeFile } from 'node:fs/promises'
import process from 'node:process'
import { help, readOptions, type Options } from './options.ts'
import { CleanUp } from './processes/clean-up.ts'
import { circumstances } from './report/circumstances.ts'
import { tables } from './report/tables.ts'
import { run } from './run.ts'
import { scenarios } from './scenarios/all.ts'
import { systems } from './systems/all.ts'

const say = (line: string) => process.stderr.write(`${line}\n`)
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)
const known = { systems: names(systems), scenarios: names(scenarios) }

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
    await main(outcome.options)
    break
  default:
    outcome satisfies never
}

async function main(options: Options): Promise<void> {
  const cleanUp = new CleanUp()
  stopOnSignals(cleanUp)
  const wanted = systems.filter(({ name }) => options.systems.includes(name))
  const leftOut = wanted.flatMap((system) => {
    const reason = system.missing()
    return reason === null ? [] : [{ name: system.name, reason }]
  })
  for (const { name, reason } of leftOut) say(`${name} is left out: ${reason}`)
  const present = wanted.filter(({ name }) => !leftOut.some((one) => one.name === name))
  const asked = scenarios.filter(({ name }) => options.scenarios.includes(name))
  try {
    const scale = options.quick ? { warmUpMs: 3_000, measureMs: 1_500 } : { warmUpMs: 3_000, measureMs: 3_000 }
    const samples = await run({ ...options, systems: present, scenarios: asked, scale, cleanUp, say })
    const text = [
      tables(samples, names(present)),
      ...leftOut.map(({ name, reason }) => `Left out: ${name} (${reason}).`),
      circumstances({ ...options, scenarios: asked }),
    ].join('\n')
    process.stdout.write(`\n${text}\n`)
    if (options.report !== null) await writeFile(options.report, `${text}\n`)
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 1
  } finally {
    await cleanUp.run()
  }
}

/** Ends in order what was started, at the first signal; the second ends this process at once. */
function stopOnSignals(cleanUp: CleanUp): void {
  let isStopping = false
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => {
      if (isStopping) process.exit(code)
      isStopping = true
      say('stopping …')
      cleanUp.run().then(
        () => process.exit(code),
        (error: unknown) => {
          say(String(error))
          process.exit(code)
        },
      )
    })
}
