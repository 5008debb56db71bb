import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { agentWhere } from './agents.ts'
import type { ApiClient } from './api-client.ts'
import { whenTestIsDone } from './cleanup.ts'
import type { TestApp } from './test-app.ts'

const main = fileURLToPath(new URL('../../../agent/src/main.ts', import.meta.url))

export interface AgentProcess {
  readonly name: string
  /** Ends it as a crash of its machine would. */
  kill(): Promise<void>
  /** Asks it to leave, and waits until it has. */
  stop(): Promise<void>
}

/** Starts a real agent, and waits until the server shows it. */
export async function startAgentProcess(
  { socketUrl }: Pick<TestApp, 'socketUrl'>,
  token: string,
  watcher: ApiClient,
  {
    name,
    slots = 4,
    environment = {},
  }: { readonly name: string; readonly slots?: number; readonly environment?: Readonly<Record<string, string>> },
): Promise<AgentProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--name', name, '--slots', String(slots)], {
    env: {
      PATH: process.env['PATH'],
      RECKON_SERVER: socketUrl,
      RECKON_AGENT_TOKEN: token,
      LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  whenTestIsDone(() => end(child, 'SIGKILL'))
  await agentWhere(watcher, (agent) => agent.name === name && agent.state === 'ONLINE')
  return { name, kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}
