import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { runAgent } from './agent.ts'
import { systemClock } from './clock.ts'
import { serve } from './compute/serve.ts'
import { threadFile } from './compute/thread-file.ts'
import { Workers } from './compute/workers.ts'
import { type Options, readOptions } from './env.ts'
import { exitCodeOf, usageExitCode } from './exit-code.ts'
import { help } from './help.ts'
import { createLog } from './log.ts'
import { defaultTiming } from './protocol.ts'
import { logDeparture } from './session/departure.ts'
import { stopOnSignals } from './signals.ts'
import { version } from './version.ts'

// The threads that compute run this same file, which stays one file when it is bundled.
if (isMainThread) await main()
else serve()

async function main(): Promise<void> {
  const outcome = readOptions(process.argv.slice(2))
  switch (outcome.kind) {
    case 'help':
      process.stdout.write(help)
      break
    case 'version':
      process.stdout.write(`${version}\n`)
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
}

async function work(options: Options): Promise<void> {
  const log = createLog(options.logLevel, process.stderr.isTTY)
  const stop = stopOnSignals(log)
  const computer = new Workers({
    file: threadFile(import.meta.url),
    size: Math.min(options.slots, availableParallelism()),
  })
  const dependencies = { clock: systemClock, random: Math.random, log, computer }
  const departure = await runAgent(dependencies, { ...options, sessionId: randomUUID(), timing: defaultTiming }, stop)
  logDeparture(log, departure)
  process.exit(exitCodeOf(departure))
}
