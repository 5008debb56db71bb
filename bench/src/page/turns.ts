export interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Of the thread's processor time, in microseconds. */
  readonly tdur?: number
}

/** Of the busiest thread, which is the page's main one: its longest turn and all of them, in milliseconds of its processor's time. */
export function mainThreadOf(events: readonly TraceEvent[]): { longestTurnMs: number; cpuMs: number } {
  const threads = new Map<string, number[]>()
  for (const { name, pid, tid, tdur = 0 } of events) {
    if (name !== 'RunTask') continue
    const turns = threads.get(`${pid} ${tid}`) ?? []
    threads.set(`${pid} ${tid}`, turns)
    turns.push(tdur / 1_000)
  }
  const sums = [...threads.values()].map((turns) => ({ turns, cpuMs: turns.reduce((sum, turn) => sum + turn, 0) }))
  const { turns, cpuMs } = sums.reduce((busiest, next) => (next.cpuMs > busiest.cpuMs ? next : busiest), {
    turns: [0],
    cpuMs: 0,
  })
  return { longestTurnMs: turns.reduce((longest, turn) => Math.max(longest, turn), 0), cpuMs }
}
