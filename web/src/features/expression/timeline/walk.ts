import { firstAfter, type Bar, type Timeline } from './lanes.ts'

interface Place {
  readonly lane: number
  readonly bar: Bar
}

/**
 * Where a task is shown: its last attempt.
 * @param meant bars that were pointed at or walked to: where one is an attempt at the task, that one
 */
export function placeOf({ lanes }: Timeline, task: number | null, meant: readonly Bar[] = []): Place | null {
  // By its time: bars are made anew as the timeline grows.
  const from = meant.find((bar) => bar.task === task)?.from
  let found: Place | null = null
  for (const [lane, { bars }] of lanes.entries())
    for (const bar of bars) {
      if (bar.task !== task) continue
      if (bar.from === from) return { lane, bar }
      if (!found || bar.from >= found.bar.from) found = { lane, bar }
    }
  return found
}

/** The bar to which an arrow key goes: along a lane, or to what was done meanwhile in the lane beside it. */
export function step({ lanes }: Timeline, here: Place | null, key: string): Place | null {
  const first = lanes[0]?.bars[0]
  if (!here) return first ? { lane: 0, bar: first } : null
  const bars = lanes[here.lane]?.bars ?? []
  const place = bars.indexOf(here.bar)
  const at = (lane: number, bar: Bar | undefined) => (bar ? { lane, bar } : here)
  const beside = (lane: number) => {
    const others = lanes[lane]?.bars ?? []
    return at(lane, others[Math.max(0, firstAfter(others, here.bar.from) - 1)])
  }
  switch (key) {
    case 'ArrowLeft':
      return at(here.lane, bars[place - 1])
    case 'ArrowRight':
      return at(here.lane, bars[place + 1])
    case 'ArrowUp':
      return beside(here.lane - 1)
    case 'ArrowDown':
      return beside(here.lane + 1)
    case 'Home':
      return at(here.lane, bars[0])
    case 'End':
      return at(here.lane, bars.at(-1))
    default:
      return null
  }
}
