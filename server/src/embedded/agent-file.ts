import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { commandOf, endProcess, isAlive } from './process.ts'

/** How long an agent may take to finish what it computes when it is asked to leave. */
export const stopTimeoutSeconds = 1

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
    return isThere(note) ? note : undefined
  } catch {
    // No note, or half a note: no agent that could be known again.
    return undefined
  }
}

/** Asks an agent to leave, and after its time ends it. */
export const endAgent = (pid: number): Promise<void> =>
  endProcess(pid, 'SIGTERM', [{ afterMs: (stopTimeoutSeconds + 2) * 1_000, signal: 'SIGKILL' }])

/** The names of those that were noted, whether they run or not. */
function notedNames(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'))
}

/** Whether any runs. */
export const hasAgents = (directory: string): boolean =>
  notedNames(directory).some((name) => findAgent(directory, name) !== undefined)

/** Ends those that outlived their server and that `isMeant` picks by their names. */
export async function endAgents(directory: string, isMeant: (name: string) => boolean = () => true): Promise<void> {
  const end = async (name: string) => {
    const agent = findAgent(directory, name)
    if (agent) await endAgent(agent.pid)
    forgetAgent(directory, name)
  }
  await Promise.all(notedNames(directory).filter(isMeant).map(end))
}

/** Whether a process is still the agent that had its number. */
export function isThere(agent: Pick<AgentNote, 'pid' | 'name'>): boolean {
  try {
    return isAlive(agent.pid) && isAgent(agent)
  } catch {
    // It ended meanwhile.
    return false
  }
}

/** Process numbers are used again, after a power cut above all: what has this one must be our agent. */
const isAgent = ({ pid, name }: Pick<AgentNote, 'pid' | 'name'>): boolean => commandOf(pid).includes(` --name ${name} `)
