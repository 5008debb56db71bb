import { mkdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { pino, type Logger } from 'pino'
import { startApp, type App } from './app.ts'
import { startEmbeddedDefault, type EmbeddedDefault } from './embedded-default.ts'
import { describeEmbeddedProblem } from './embedded/problem.ts'
import { readEnvironment, type Environment } from './env.ts'
import { systemIds } from './ids.ts'
import { Shutdown } from './shutdown.ts'
import { describeStartFailure } from './start-failure.ts'

// From server/dist and from server/src alike.
const root = fileURLToPath(new URL('../../', import.meta.url))
const isSource = import.meta.filename.endsWith('.ts')

async function main(): Promise<void> {
  const read = readEnvironment()
  if (read.kind === 'invalid') return giveUp(...read.problems)
  const { environment } = read
  const isEmbedded = environment.DATABASE_URL === undefined
  const shutdown = new Shutdown()
  stopOnSignal(shutdown, isEmbedded)

  const logger = createLogger(environment)
  const embedded = isEmbedded ? await startEmbeddedParts(environment, logger) : null
  if (embedded) await shutdown.add(() => embedded.stop())
  const app = await startServer(environment, logger, embedded)
  if (app === null) return shutdown.stop()
  await shutdown.add(() => app.stop())
  const url = addressOf(environment, app)
  if (!embedded || shutdown.isStopping) return
  const agents = await embedded.startAgents(app.services, url)
  await shutdown.add(() => agents.stop())
  greet(environment, url)
}

async function startEmbeddedParts(environment: Environment, logger: Logger): Promise<EmbeddedDefault> {
  const agentCommand = isSource
    ? ([process.execPath, '--import', 'tsx', path.join(root, 'agent/src/main.ts')] as const)
    : ([process.execPath, '--enable-source-maps', path.join(root, 'agent/dist/main.js')] as const)
  const embedded = await startEmbeddedDefault({ environment, logger, ids: systemIds, agentCommand })
  if (embedded.kind === 'embedded') return embedded
  return giveUp(describeEmbeddedProblem(embedded.problem))
}

async function startServer(
  environment: Environment,
  logger: Logger,
  embedded: EmbeddedDefault | null,
): Promise<App | null> {
  const started = await startApp({
    environment,
    logger,
    ids: systemIds,
    databaseUrl: embedded?.databaseUrl ?? environment.DATABASE_URL ?? '',
    jwtSecret: environment.JWT_SECRET ?? embedded?.secrets.jwt ?? '',
    ticketSecret: environment.TICKET_SECRET ?? embedded?.secrets.ticket ?? '',
    migrations: path.join(root, 'prisma/migrations'),
    webRoot: path.join(root, 'web/dist'),
    alone: embedded !== null,
  })
  if (started.kind === 'started') return started
  complain(describeStartFailure(started))
  process.exitCode = 1
  return null
}

/** To standard output for whoever collects logs; with the embedded default to a file, so that the terminal stays calm. */
function createLogger({ LOG_LEVEL: level, DATABASE_URL, RECKON_DATA }: Environment): Logger {
  if (DATABASE_URL !== undefined) return pino({ level })
  mkdirSync(RECKON_DATA, { recursive: true, mode: 0o700 })
  return pino({ level }, pino.destination({ dest: path.join(RECKON_DATA, 'server.log'), sync: true }))
}

function addressOf({ HOST, PORT }: Environment, { address }: App): string {
  return `http://${HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST}:${PORT === 0 ? address.port : PORT}`
}

function greet({ RECKON_AGENTS, RECKON_AGENT_SLOTS, RECKON_DATA }: Environment, url: string): void {
  say('')
  say(`  Reckon is ready: ${url}`)
  say('')
  say(`  Page        ${url}   (the first to sign up becomes the admin)`)
  say(`  GraphQL     ${url}/graphql`)
  say(`  Agents      ${RECKON_AGENTS}, with ${RECKON_AGENT_SLOTS} slots each`)
  say(`  Data, logs  ${RECKON_DATA}/`)
  say('')
  say('  Press Ctrl-C to stop.')
}

/** Stops in order at the first signal, at once at the second. */
function stopOnSignal(shutdown: Shutdown, isEmbedded: boolean): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => {
      if (shutdown.isStopping) process.exit(code)
      if (isEmbedded) say('Stopping …')
      shutdown.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          complain(String(error))
          process.exit(1)
        },
      )
    })
}

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`reckon: ${line}\n`)

function giveUp(...lines: readonly string[]): never {
  for (const line of lines) complain(line)
  process.exit(1)
}

await main()
