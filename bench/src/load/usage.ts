import { hasProc, ProcessTable } from '../processes/proc.ts'
import { roles, type Role, type RunningSystem } from '../systems/system.ts'

/** What a stretch of work took. Null where this system does not tell of processes. */
export interface Usage {
  readonly cpuSeconds: Readonly<Record<Role, number>> | null
  /** The most that was seen at once. */
  readonly peakBytes: Readonly<Record<Role, number>> | null
  readonly logBytes: number
}

const sampleMs = 500

type PerRole = Record<Role, number>

/** Measures what `work` takes. */
export async function measureUsage(system: RunningSystem, work: () => Promise<void>): Promise<Usage> {
  const logBefore = await system.logBytes()
  const sampled = hasProc ? await sampleProcesses(system, work) : await work()
  return { cpuSeconds: null, peakBytes: null, ...sampled, logBytes: (await system.logBytes()) - logBefore }
}

async function sampleProcesses(system: RunningSystem, work: () => Promise<void>) {
  const processes = system.processes()
  const each = (measure: (pids: readonly number[]) => number) =>
    Object.fromEntries(roles.map((role) => [role, measure(processes[role])])) as PerRole
  const memory = () => {
    const table = new ProcessTable()
    return each((pids) => table.residentBytes(pids))
  }
  const cpu = () => {
    const table = new ProcessTable()
    return each((pids) => table.cpuSeconds(pids))
  }
  const peakBytes = memory()
  const sampler = setInterval(() => {
    const now = memory()
    for (const role of roles) peakBytes[role] = Math.max(peakBytes[role], now[role])
  }, sampleMs)
  const before = cpu()
  try {
    await work()
  } finally {
    clearInterval(sampler)
  }
  const after = cpu()
  const cpuSeconds = Object.fromEntries(roles.map((role) => [role, after[role] - before[role]])) as PerRole
  return { cpuSeconds, peakBytes }
}
