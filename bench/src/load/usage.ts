import { hasProc, ProcessTable } from '../processes/proc.ts'
import { roles, type Role, type RunningSystem } from '../systems/system.ts'

/** Roles without a process are left out: a queue has no server. */
type PerRole = ReadonlyMap<Role, number>

/** What a stretch of work took. Null where this system does not tell of processes. */
export interface Usage {
  readonly cpuSeconds: PerRole | null
  /** The most that was seen at once. */
  readonly peakBytes: PerRole | null
  readonly logBytes: number
}

const sampleMs = 500

/** Measures what `work` takes. */
export async function measureUsage(system: RunningSystem, work: () => Promise<void>): Promise<Usage> {
  const logBefore = await system.logBytes()
  const sampled = hasProc ? await sampleProcesses(system, work) : await work()
  return { cpuSeconds: null, peakBytes: null, ...sampled, logBytes: (await system.logBytes()) - logBefore }
}

async function sampleProcesses(system: RunningSystem, work: () => Promise<void>) {
  const processes = system.processes()
  const present = roles.filter((role) => processes[role].length > 0)
  const each = (measure: (table: ProcessTable, pids: readonly number[]) => number): PerRole => {
    const table = new ProcessTable()
    return new Map(present.map((role) => [role, measure(table, processes[role])]))
  }
  const memory = () => each((table, pids) => table.residentBytes(pids))
  const cpu = () => each((table, pids) => table.cpuSeconds(pids))
  let peakBytes = memory()
  const sampler = setInterval(() => (peakBytes = combine(peakBytes, memory(), Math.max)), sampleMs)
  const before = cpu()
  try {
    await work()
  } finally {
    clearInterval(sampler)
  }
  return { cpuSeconds: combine(before, cpu(), (earlier, later) => later - earlier), peakBytes }
}

function combine(one: PerRole, other: PerRole, how: (one: number, other: number) => number): PerRole {
  return new Map([...one].map(([role, value]) => [role, how(value, other.get(role) ?? 0)]))
}
