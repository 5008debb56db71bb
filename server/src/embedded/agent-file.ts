import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { isAlive } from './process.ts'

/** What is noted of a running agent, so that a server that comes back after being killed finds it. */
export interface AgentNote {
  readonly pid: number
  readonly name: string
  readonly slots: number
  readonly server: string
}

const fileOf = (directory: string, name: string) => path.join(directory, `${name}.json`)

export function noteAgent(directory: string, note: AgentNote): void {
  writeFileSync(fileOf(directory, note.name), JSON.stringify(note), { mode: 0o600 })
}

export function forgetAgent(directory: string, name: string): void {
  rmSync(fileOf(directory, name), { force: true })
}

/** The agent of this name that outlived its server, if one did. */
export function findAgent(directory: string, name: string): AgentNote | undefined {
  try {
    const note = JSON.parse(readFileSync(fileOf(directory, name), 'utf8')) as AgentNote
    return isAlive(note.pid) && isAgent(note) ? note : undefined
  } catch {
    // No note, or half a note: no agent that could be known again.
    return undefined
  }
}

/** Process numbers are used again. Where the system tells what a process runs, it must be our agent. */
function isAgent({ pid, name }: AgentNote): boolean {
  if (process.platform !== 'linux') return true
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  return command.includes('--name') && command.includes(name)
}
