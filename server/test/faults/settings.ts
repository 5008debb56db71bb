import process from 'node:process'

/** How the fault tests run: a representative part with one seed, or all of them with several (`npm run test:faults`). */
export interface FaultSettings {
  readonly isWhole: boolean
  readonly seeds: readonly number[]
  /** Where each run is written down for the table at the end. */
  readonly reportFile: string | null
}

export function readFaultSettings(variables: NodeJS.ProcessEnv = process.env): FaultSettings {
  const isWhole = variables['RECKON_FAULTS'] === 'all'
  const first = Number(variables['RECKON_FAULT_SEED'] ?? 1)
  const runs = Number(variables['RECKON_FAULT_RUNS'] ?? (isWhole ? 3 : 1))
  return {
    isWhole,
    seeds: Array.from({ length: runs }, (_, run) => first + run),
    reportFile: variables['RECKON_FAULT_REPORT'] ?? null,
  }
}
