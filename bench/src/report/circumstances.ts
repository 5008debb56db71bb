import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import process from 'node:process'
import { node } from '../processes/node.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { System } from '../systems/system.ts'

interface Circumstances {
  readonly systems: readonly System[]
  readonly scenarios: readonly Scenario[]
  readonly rounds: number
  readonly seed: number
}

/** What a reader must know to judge the figures. */
export function circumstances({ systems, scenarios, rounds, seed }: Circumstances): string {
  const [cpu] = cpus()
  const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>
  }
  const versions = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`)
  return [
    `Medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, the systems in turn in each, seed ${seed}; in brackets the median of the ratios to the first column.`,
    `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${node.version}; everything on this one machine.`,
    `${versions.join(', ')}. PostgreSQL with fsync and synchronous_commit on.`,
    '',
    ...systems.flatMap(({ name, note }) => (note === undefined ? [] : [`- **${name}**: ${note}`])),
    ...scenarios.map(({ name, description }) => `- **${name}**: ${description}`),
  ].join('\n')
}
