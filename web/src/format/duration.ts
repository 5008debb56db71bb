const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** A length of time in at most two units: `640 ms`, `6.2 s`, `2 min 5 s`, `1 h 4 min`. */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.round(ms))
  if (whole < secondMs) return `${whole} ms`
  // Not `60.0 s`: from there on the next unit.
  if (whole < minuteMs - 50) return `${(whole / secondMs).toFixed(1)} s`
  if (whole < hourMs - secondMs / 2) {
    const seconds = Math.round(whole / secondMs)
    return join(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  }
  const minutes = Math.round(whole / minuteMs)
  return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

const join = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
