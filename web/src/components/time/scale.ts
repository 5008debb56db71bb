/** Which stretch of time a canvas shows; milliseconds. */
export interface Window {
  readonly from: number
  readonly to: number
}

const leastMs = 2

/** Shows more or less around a moment, which stays where it is. @param factor above 1 to show more */
export function zoomed({ from, to }: Window, at: number, factor: number, whole: Window): Window {
  const most = Math.max(leastMs, (whole.to - whole.from) * 1.1)
  const span = Math.min(most, Math.max(leastMs, (to - from) * factor))
  const part = (at - from) / (to - from)
  return kept({ from: at - part * span, to: at + (1 - part) * span }, whole)
}

export const moved = ({ from, to }: Window, byMs: number, whole: Window): Window =>
  kept({ from: from + byMs, to: to + byMs }, whole)

/** With some room on either side, so that what begins and ends is seen to. */
export function fitted({ from, to }: Window): Window {
  const room = Math.max(1, (to - from) * 0.02)
  return { from: from - room, to: to + room }
}

/** Moved back to where there is something to see. */
function kept(window: Window, whole: Window): Window {
  const { from, to } = fitted(whole)
  const span = window.to - window.from
  if (span >= to - from) return { from: (from + to - span) / 2, to: (from + to + span) / 2 }
  if (window.from < from) return { from, to: from + span }
  return window.to > to ? { from: to - span, to } : window
}

const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500].concat(
  [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400].map((seconds) => seconds * 1_000),
)

/** Round moments since a beginning, so far apart that there are at most so many. */
export function ticks({ from, to }: Window, since: number, most: number): number[] {
  const step = steps.find((ms) => (to - from) / ms <= most) ?? 7 * 86_400_000
  const first = Math.ceil((from - since) / step)
  return Array.from(
    { length: Math.floor((to - since) / step) - first + 1 },
    (_, place) => since + (first + place) * step,
  )
}
