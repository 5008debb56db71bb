import { perLanguage } from '../language/per-language.ts'
import { t } from '../language/t.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

const tenths = perLanguage(
  (language) => new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
)

/** A length of time in at most two units: `640 ms`, `6.2 s`, `2 min 5 s`, `1 h 4 min`. */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.round(ms))
  if (whole < secondMs) return t('{whole} ms', { whole })
  // Not `60.0 s`: from there on the next unit.
  if (whole < minuteMs - 50) return t('{seconds} s', { seconds: tenths().format(whole / secondMs) })
  if (whole < hourMs - secondMs / 2) {
    const seconds = Math.round(whole / secondMs)
    return minutesAndSeconds(Math.floor(seconds / 60), seconds % 60)
  }
  const minutes = Math.round(whole / minuteMs)
  return hoursAndMinutes(Math.floor(minutes / 60), minutes % 60)
}

const minutesAndSeconds = (minutes: number, seconds: number): string =>
  seconds === 0 ? t('{minutes} min', { minutes }) : t('{minutes} min {seconds} s', { minutes, seconds })

const hoursAndMinutes = (hours: number, minutes: number): string =>
  minutes === 0 ? t('{hours} h', { hours }) : t('{hours} h {minutes} min', { hours, minutes })

/** In whole seconds, for what changes each second. */
export const formatSeconds = (seconds: number): string => t('{seconds} s', { seconds })
