import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { startApp, type App, type StartOutcome } from './app.ts'
import { help, readCommand, type Command } from './command-line.ts'
import { startEmbeddedDefault, type EmbeddedDefault } from './embedded-default.ts'
import { Guardian } from './embedded/guard.ts'
import { LogRotation } from './embedded/log-rotation.ts'
import { describeEmbeddedProblem } from './embedded/problem.ts'
import { makePrivateFolder, openPrivateFile } from './embedded/private-files.ts'
import { readEnvironment, type Environment } from './env.ts'
import { systemIds } from './ids.ts'
import { createLog } from './log.ts'
import { Shutdown } from './shutdown.ts'
import { onSignals, whenParentEnds } from './signals.ts'
import { describeStartFailure, describeUnforeseen } from './start-failure.ts'
import { portProblemOf } from './transport/listen.ts'
import { version } from './version.ts'

// From server/dist and from server/src alike.
const root = fileURLToPath(new URL('../../', import.meta.url))
const isSource = import.meta.filename.endsWith('.ts')

/** The command line of a program of ours, from its source or its bundle, whichever this one is. */
const programOf = (workspace: 'server' | 'agent', name: string): [string, ...string[]] =>
  isSource
    ? [process.execPath, '--import', 'tsx', path.join(root, workspace, `src/${name}.ts`)]
    : [process.execPath, '--enable-source-maps', path.join(root, workspace, `dist/${name}.js`)]

/** What all steps of the start need. */
interface Start {
  readonly environment: Environment
  readonly logger: Logger
  readonly shutdown: Shutdown
  /** Of the embedded default: with a database of somebody else's there is nothing to guard. */
  readonly guardian: Guardian | null
}

async function findPortProblem({ HOST, METRICS_HOST, METRICS_PORT, PORT }: Environment) {
  const problem = await portProblemOf(PORT, HOST)
  if (problem !== null || METRICS_PORT === undefined) return problem
  const ofMetrics = await portProblemOf(METRICS_PORT, METRICS_HOST)
  return ofMetrics && { ...ofMetrics, ofMetrics: true }
}

async function main(): Promise<void> {
  // A terminal that is closed takes no more words, and is no reason to fail.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const read = readEnvironment()
  if (read.kind === 'invalid') return giveUp(...read.problems)
  const { environment } = read
  for (const remark of read.remarks) complain(remark)
  const shutdown = new Shutdown()
  try {
    // Before anything is made, and then again: somebody else may be quicker.
    const taken = await findPortProblem(environment)
    if (taken !== null) return giveUp(describeStartFailure(taken))
    const logger = openLog(environment)
    process.on('uncaughtExceptionMonitor', (error) => logger.fatal({ err: error }, 'the server ends by an error'))
    const guardian = environment.DATABASE_URL === undefined ? startGuardian(environment, logger) : null
    if (guardian) shutdown.add(() => guardian.stop())
    if (guardian) keepLogsShort(environment, logger, shutdown)
    stopWhenAsked(shutdown, environment, guardian)
    const problem = await start({ environment, logger, shutdown, guardian })
    if (problem === null) return
    complain(problem)
  } catch (error) {
    complain(describeUnforeseen(environment.RECKON_DATA, error))
  }
  await finish(shutdown, 1)
}

/** Starts one part after the other. Says why it cannot, where it cannot. */
async function start(parts: Start): Promise<string | null> {
  const { environment, shutdown, guardian } = parts
  const embedded = guardian && (await shutdown.start(() => startEmbedded(parts, guardian)))
  if (embedded?.kind === 'failed') return describeEmbeddedProblem(embedded.problem)
  const app = await shutdown.start(() => startServer(parts, embedded))
  if (app === null) return null
  if (app.kind !== 'started') return describeStartFailure(app)
  if (embedded === null) return null
  const url = addressOf(environment, app)
  const agents = await shutdown.start(async () => {
    const agents = await embedded.startAgents(app.services, url)
    shutdown.add(() => agents.stop())
    return agents
  })
  if (agents !== null) greet(environment, `${url}${environment.BASE_PATH}`)
  return null
}

async function startEmbedded({ environment, logger, shutdown }: Start, guard: Guardian) {
  const agentCommand = programOf('agent', 'main')
  const embedded = await startEmbeddedDefault({ environment, logger, ids: systemIds, agentCommand, guard })
  if (embedded.kind === 'embedded') shutdown.add(() => embedded.stop())
  return embedded
}

async function startServer(
  { environment, logger, shutdown }: Start,
  embedded: EmbeddedDefault | null,
): Promise<StartOutcome> {
  const app = await startApp({
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
  if (app.kind === 'started') shutdown.add(() => app.stop())
  return app
}

function startGuardian({ RECKON_DATA, RECKON_ORPHAN_GRACE_MS: graceMs }: Environment, logger: Logger): Guardian {
  return Guardian.start({
    directory: RECKON_DATA,
    graceMs,
    command: programOf('server', 'guardian'),
    log: (line) => logger.warn(line),
  })
}

/** To standard output for whoever collects logs; with the embedded default to a file, so that the terminal stays calm. */
function openLog({ LOG_LEVEL: level, LOG_FORMAT: format, DATABASE_URL, RECKON_DATA }: Environment): Logger {
  if (DATABASE_URL !== undefined) return createLog({ level, format }, process.stdout.fd, complain)
  makePrivateFolder(RECKON_DATA)
  return createLog({ level, format }, openPrivateFile(path.join(RECKON_DATA, 'server.log'), 'a'), complain)
}

function keepLogsShort({ RECKON_DATA: directory }: Environment, logger: Logger, shutdown: Shutdown): void {
  const rotation = new LogRotation({
    directory,
    onProblem: (err, file) => logger.warn({ err, file }, 'could not rotate a log'),
  })
  shutdown.add(() => rotation.stop())
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
  say(`  Data, logs  ${RECKON_DATA}`)
  say('')
  say('  Press Ctrl-C to stop.')
}

function stopWhenAsked(
  shutdown: Shutdown,
  { npm_lifecycle_event: script }: Environment,
  guardian: Guardian | null,
): void {
  const stop = () => {
    if (guardian) say('\n  Stopping … Press Ctrl-C again to stop at once.')
    void finish(shutdown, 0)
  }
  onSignals(stop, () => {
    guardian?.hurry()
    if (guardian) say('  Stopped at once. The database and the agents end within seconds.')
  })
  if (script === 'start' || script === 'dev') whenParentEnds(stop)
}

/** Stops what has been started, and ends. */
async function finish(shutdown: Shutdown, code: number): Promise<never> {
  try {
    await shutdown.stop()
    process.exit(code)
  } catch (error) {
    complain(String(error))
    process.exit(1)
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`reckon: ${line}\n`)

function giveUp(...lines: readonly string[]): never {
  for (const line of lines) complain(line)
  process.exit(1)
}

async function obey(command: Command): Promise<void> {
  switch (command.kind) {
    case 'start':
      return main()
    case 'help':
      process.stdout.write(help)
      return
    case 'version':
      return void say(version)
    case 'invalid':
      complain(command.problem)
      process.exitCode = 2
      return
    default:
      command satisfies never
  }
}

await obey(readCommand(process.argv.slice(2)))
