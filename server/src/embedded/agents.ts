import { spawn } from 'node:child_process'
import { mkdirSync, openSync, closeSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { findAgent, forgetAgent, noteAgent, type AgentNote } from './agent-file.ts'
import { isAlive, isZombie } from './process.ts'

export interface AgentsOptions {
  /** Where notes and logs of the agents are kept. */
  readonly directory: string
  readonly count: number
  readonly slots: number
  /** The address of the server. */
  readonly server: string
  /** The file that holds the token of the agents: an argument would be seen by every user of the machine. */
  readonly tokenFile: string
  /** The command line that runs an agent, without its options. */
  readonly command: readonly [string, ...string[]]
  readonly logger: Logger
}

export interface Agents {
  /** Asks all to leave, and resolves when they have. */
  stop(): Promise<void>
}

/** How long an agent may take to finish what it computes when it is asked to leave. */
const stopTimeoutSeconds = 1
const restartDelayMs = 1_000
const watchIntervalMs = 1_000

/**
 * Runs the agents of the embedded default, each as a process of its own. Those that outlived a server that was killed are adopted with
 * what they hold, rather than started again; one that dies is started again.
 */
export function startAgents(options: AgentsOptions): Agents {
  mkdirSync(options.directory, { recursive: true })
  const stopping = new AbortController()
  const keepers = Array.from({ length: options.count }, async (_, place) => {
    const name = `agent-${place + 1}`
    try {
      await keep(name, options, stopping.signal)
    } catch (error) {
      options.logger.error({ err: error, agent: name }, 'could not keep an agent running')
    }
  })
  return {
    async stop() {
      stopping.abort()
      await Promise.all(keepers)
    },
  }
}

/** Keeps one agent running until it is to stop. */
async function keep(name: string, options: AgentsOptions, stopping: AbortSignal): Promise<void> {
  const { directory, logger } = options
  let agent = await adopt(name, options)
  while (!stopping.aborted) {
    agent ??= launch(name, options)
    await ended(agent.pid, stopping)
    if (stopping.aborted) break
    logger.warn({ agent: name }, `an agent has ended; see ${path.join(directory, `${name}.log`)}; starting it again`)
    agent = undefined
    await delay(restartDelayMs, undefined, { signal: stopping }).catch(() => {})
  }
  if (agent) await end(agent.pid)
  forgetAgent(directory, name)
}

/** One that was started otherwise than it would be now is asked to leave. */
async function adopt(name: string, { directory, slots, server }: AgentsOptions): Promise<AgentNote | undefined> {
  const survivor = findAgent(directory, name)
  if (survivor === undefined || (survivor.slots === slots && survivor.server === server)) return survivor
  await end(survivor.pid)
  return undefined
}

function launch(name: string, { directory, slots, server, tokenFile, command, logger }: AgentsOptions): AgentNote {
  const log = openSync(path.join(directory, `${name}.log`), 'a', 0o600)
  const [program, ...parameters] = command
  const settings = {
    '--name': name,
    '--slots': String(slots),
    '--server': server,
    '--token-file': tokenFile,
    '--stop-timeout': String(stopTimeoutSeconds),
  }
  // A group of its own: Ctrl-C reaches the server alone, which then stops its agents in order.
  const child = spawn(program, [...parameters, ...Object.entries(settings).flat()], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.on('error', (error) => logger.error({ err: error, agent: name }, 'could not start an agent'))
  child.unref()
  const note = { pid: child.pid ?? 0, name, slots, server }
  if (note.pid > 0) noteAgent(directory, note)
  return note
}

const isRunning = (pid: number): boolean => pid > 0 && isAlive(pid) && !isZombie(pid)

/** Resolves when a process has ended, be it a child of this one or adopted; a system tells of its own children alone. */
async function ended(pid: number, stopping: AbortSignal): Promise<void> {
  while (isRunning(pid) && !stopping.aborted)
    await delay(watchIntervalMs, undefined, { signal: stopping, ref: false }).catch(() => {})
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (isRunning(pid)) process.kill(pid, name)
  } catch (error) {
    // It ended in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Asks a process to end, and after its time ends it. */
async function end(pid: number): Promise<void> {
  signal(pid, 'SIGTERM')
  for (let waitedMs = 0; isRunning(pid); waitedMs += 20) {
    if (waitedMs > (stopTimeoutSeconds + 2) * 1_000) signal(pid, 'SIGKILL')
    await delay(20)
  }
}
