import { randomUUID } from 'node:crypto'
import { runAgent } from './agent.ts'
import { systemClock } from './clock.ts'
import { type Options, readOptions } from './env.ts'
import { exitCodeOf, usageExitCode } from './exit-code.ts'
import { help } from './help.ts'
import { createLog } from './log.ts'
import { defaultTiming } from './protocol.ts'
import { logDeparture } from './session/departure.ts'
import { stopOnSignals } from './signals.ts'
import { readVersion } from './version.ts'

const outcome = readOptions(process.argv.slice(2))
switch (outcome.kind) {
  case 'help':
    process.stdout.write(help)
    break
  case 'version':
    process.stdout.write(`${readVersion()}\n`)
    break
  case 'invalid':
    process.stderr.write(`reckon-agent: ${outcome.problem}\n`)
    process.exitCode = usageExitCode
    break
  case 'options':
    await work(outcome.options)
    break
  default:
    outcome satisfies never
}

async function work(options: Options): Promise<void> {
  const log = createLog(options.logLevel, process.stderr.isTTY)
  const stop = stopOnSignals(log)
  const dependencies = { clock: systemClock, random: Math.random, log }
  const departure = await runAgent(dependencies, { ...options, sessionId: randomUUID(), timing: defaultTiming }, stop)
  logDeparture(log, departure)
  process.exit(exitCodeOf(departure))
}
