import { pino } from 'pino'
import { type AgentSettings, runAgent } from '../../src/agent.ts'
import { systemClock } from '../../src/clock.ts'
import type { Timing } from '../../src/protocol.ts'
import type { Departure } from '../../src/session/departure.ts'
import { realWorkers } from './computers.ts'

const quickTiming: Timing = {
  pingIntervalMs: 50,
  silenceLimitMs: 500,
  answerTimeoutMs: 2_000,
  closeTimeoutMs: 500,
  retryBaseMs: 20,
  retryCapMs: 100,
  stableAfterMs: 1_000,
}

export interface RunningAgent {
  readonly departure: Promise<Departure>
  /** What it logged, as `warn: not connected`, without debug lines. */
  readonly lines: readonly string[]
  stop(): void
}

/** The whole agent, in this process, with times that suit a test. */
export function startAgent(
  server: string,
  { timing, ...settings }: Partial<Omit<AgentSettings, 'timing'>> & { timing?: Partial<Timing> } = {},
): RunningAgent {
  const stop = new AbortController()
  const lines: string[] = []
  const write = (line: string) => {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string }
    lines.push(`${String(pino.levels.labels[level])}: ${msg}`)
  }
  const departure = runAgent(
    { clock: systemClock, random: Math.random, log: pino({ level: 'info' }, { write }), computer: realWorkers() },
    {
      server,
      token: 'good',
      name: 'tester',
      slots: 2,
      sessionId: 'session-1',
      stopTimeoutMs: 300,
      ...settings,
      timing: { ...quickTiming, ...timing },
    },
    stop.signal,
  )
  return { departure, lines, stop: () => stop.abort() }
}
