import { spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import {
  endAgent,
  endAgents,
  findAgent,
  forgetAgent,
  noteAgent,
  stopTimeoutSeconds,
  type AgentNote,
} from './agent-file.ts'
import type { Guard } from './guard.ts'
import { makePrivateFolder, openPrivateFile } from './private-files.ts'
import { isRunning, signal } from './process.ts'

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
  readonly guard: Guard
}

export interface Agents {
  list(): { readonly name: string; readonly isRunning: boolean }[]
  /** Ends the process of one at once, and does not start it again; false where there is none of this name. */
  kill(name: string): boolean
  /** Starts one again that was killed. */
  start(name: string): boolean
  /** Asks all to leave, and resolves when they have. */
  stop(): Promise<void>
}

const restartDelayMs = 1_000
const watchIntervalMs = 1_000

/**
 * Runs the agents of the embedded default, each as a process of its own. Those that outlived a server that was killed are adopted with
 * what they hold, rather than started again; one that dies is started again.
 */
export function startAgents(options: AgentsOptions): Agents {
  makePrivateFolder(options.directory)
  const stopping = new AbortController()
  const names = Array.from({ length: options.count }, (_, place) => `agent-${place + 1}`)
  // Of a server that was killed and had more of them.
  const leaving = endAgents(options.directory, (name) => !names.includes(name))
  const switches = new Map(names.map((name) => [name, new Switch()]))
  const keepers = [...switches].map(async ([name, power]) => {
    try {
      await keep(name, options, stopping.signal, power)
    } catch (error) {
      options.logger.error({ err: error, agent: name }, 'could not keep an agent running')
    }
  })
  return {
    list: () => [...switches].map(([name, { isOn }]) => ({ name, isRunning: isOn })),
    kill: (name) => switches.get(name)?.turnOff() ?? false,
    start: (name) => switches.get(name)?.turnOn() ?? false,
    async stop() {
      stopping.abort()
      await Promise.all([leaving, ...keepers])
    },
  }
}

/** Whether an agent is to run. */
class Switch {
  isOn = true
  /** Its process, while it has one. */
  pid: number | null = null
  #onTurnedOn: () => void = () => {}

  turnOff(): boolean {
    this.isOn = false
    if (this.pid !== null) signal(this.pid, 'SIGKILL')
    return true
  }

  turnOn(): boolean {
    this.isOn = true
    this.#onTurnedOn()
    return true
  }

  async whenOn(stopping: AbortSignal): Promise<void> {
    if (this.isOn || stopping.aborted) return
    await new Promise<void>((resolve) => {
      this.#onTurnedOn = resolve
      stopping.addEventListener('abort', () => resolve(), { once: true })
    })
  }
}

/** Keeps one agent running, while it is to run, until it is to stop. */
async function keep(name: string, options: AgentsOptions, stopping: AbortSignal, power: Switch): Promise<void> {
  const { directory, logger } = options
  let agent = await adopt(name, options)
  while (!stopping.aborted) {
    agent ??= launch(name, options)
    if (agent) {
      options.guard.watchAgent(name, agent.pid)
      power.pid = agent.pid
      // It may have been turned off while this was started.
      if (!power.isOn) power.turnOff()
      await ended(agent.pid, stopping)
      power.pid = null
    }
    if (stopping.aborted) break
    if (!power.isOn) {
      agent = undefined
      await power.whenOn(stopping)
      continue
    }
    logger.warn({ agent: name }, `an agent has ended; see ${path.join(directory, `${name}.log`)}; starting it again`)
    agent = undefined
    await delay(restartDelayMs, undefined, { signal: stopping }).catch(() => {})
  }
  if (agent) await endAgent(agent.pid)
  forgetAgent(directory, name)
}

/** One that was started otherwise than it would be now is asked to leave. */
async function adopt(name: string, { directory, slots, server }: AgentsOptions): Promise<AgentNote | undefined> {
  const survivor = findAgent(directory, name)
  if (survivor === undefined || (survivor.slots === slots && survivor.server === server)) return survivor
  await endAgent(survivor.pid)
  return undefined
}

/** Undefined where it could not be started, or not be noted: one that is not noted is not found again by who comes after this process. */
function launch(name: string, options: AgentsOptions): AgentNote | undefined {
  let pid: number | undefined
  try {
    pid = spawnAgent(name, options)
    if (pid === undefined) return undefined
    const note = { pid, name, slots: options.slots, server: options.server }
    noteAgent(options.directory, note)
    return note
  } catch (error) {
    options.logger.error({ err: error, agent: name }, 'could not start an agent')
    if (pid !== undefined) signal(pid, 'SIGTERM')
    return undefined
  }
}

function spawnAgent(
  name: string,
  { directory, slots, server, tokenFile, command, logger }: AgentsOptions,
): number | undefined {
  const log = openPrivateFile(path.join(directory, `${name}.log`), 'a')
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
    windowsHide: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.on('error', (error) => logger.error({ err: error, agent: name }, 'could not start an agent'))
  child.unref()
  return child.pid
}

/** Resolves when a process has ended, be it a child of this one or adopted; a system tells of its own children alone. */
async function ended(pid: number, stopping: AbortSignal): Promise<void> {
  while (isRunning(pid) && !stopping.aborted)
    await delay(watchIntervalMs, undefined, { signal: stopping, ref: false }).catch(() => {})
}
