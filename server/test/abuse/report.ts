import type { Verdict } from './harness/judge.ts'

const header = [
  'probe',
  'kind',
  'processor, ms',
  'stood still, ms',
  "others' 1+1, ms",
  '/health (control), ms',
  'memory, MiB',
  'answers',
  '',
]

/** A line a probe, as Markdown. */
export function printTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ probe, measured, facts, faults }) => [
    probe.name,
    probe.kind,
    `${round(measured.processorMs)} (all threads ${round(measured.allThreadsMs)})`,
    round(measured.stretchMs),
    `${round(measured.neighbourMs)} (by the clock ${round(measured.neighbourWallMs)})`,
    `${round(measured.healthWallMs)} (${round(measured.controlWallMs)})`,
    `+${round(measured.memoryMiB)}`,
    Object.entries(facts)
      .map(([name, fact]) => `${name}: ${typeof fact === 'object' ? fact.join(' ') : fact}`)
      .join('; '),
    faults.length === 0 ? 'sound' : `**${faults.join('; ')}**`,
  ])
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escape).join(' | ')} |`).join('\n')
}

const round = (figure: number) => (Number.isFinite(figure) ? String(Math.round(figure)) : 'no answer')
const escape = (cell: string) => cell.replaceAll('|', '\\|').replace(/\s+/g, ' ')
