import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { runAgent } from './agent.ts'
import { epochNow, sleep, systemClock } from './clock.ts'
import { serve } from './compute/serve.ts'
import { threadFile } from './compute/thread-file.ts'
import { Workers } from './compute/workers.ts'
import { type Options, readOptions } from './env.ts'
import { exitCodeOf, usageExitCode } from './exit-code.ts'
import { hostOf } from './host.ts'
import { help } from './help.ts'
import { createLog } from './log.ts'
import { defaultTiming } from './protocol.ts'
import { logDeparture } from './session/departure.ts'
import { stopOnSignals } from './signals.ts'
import { Exporter } from './tracing/exporter.ts'
import { Tracer } from './tracing/tracer.ts'
import { version } from './version.ts'

/** How long a collector may take for what is left when the agent leaves. */
const lastTracesMs = 2_000

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
  const { random } = Math
  const exporter = options.tracing && new Exporter(options.tracing, systemClock, log)
  const tracer = exporter ? new Tracer({ epochNow, random, add: (span) => exporter.add(span) }) : undefined
  const dependencies = { clock: systemClock, random, log, computer, tracer }
  const told = { programVersion: version, host: hostOf() }
  const settings = { ...options, ...told, sessionId: randomUUID(), timing: defaultTiming, isTraced: exporter !== null }
  const departure = await runAgent(dependencies, settings, stop)
  logDeparture(log, departure)
  if (exporter) await Promise.race([exporter.flush(), sleep(systemClock, lastTracesMs, new AbortController().signal)])
  process.exit(exitCodeOf(departure))
}
