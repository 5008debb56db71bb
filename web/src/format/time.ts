import { perLanguage } from '../language/per-language.ts'
import { t } from '../language/t.ts'

const absolute = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }),
)
const date = perLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }))
/** `hour12: false` would have a day begin at 24:00 in English. */
const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const day = perLanguage((language) => new Intl.DateTimeFormat(language, { ...hours, day: 'numeric', month: 'short' }))
const clockTime = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { ...hours, second: '2-digit', fractionalSecondDigits: 1 }),
)
const clockSecond = perLanguage((language) => new Intl.DateTimeFormat(language, { ...hours, second: '2-digit' }))

/** A point in time in full. */
export const formatDateTime = (iso: string): string => absolute().format(new Date(iso))

/** The day alone, with its year. */
export const formatDate = (iso: string): string => date().format(new Date(iso))

/** The time of day, to a tenth of a second. */
export const formatClockTime = (iso: string): string => clockTime().format(new Date(iso))

/** The time of day, to the second, of a moment in milliseconds since 1970. */
export const formatClockSecond = (atMs: number): string => clockSecond().format(atMs)

/** How long ago: `just now`, `12 s ago`, `5 min ago`, `3 h ago`, then the date. A clock that is ahead counts as now. */
export function formatAgo(iso: string, nowMs: number): string {
  const seconds = Math.floor((nowMs - Date.parse(iso)) / 1000)
  if (seconds < 3) return t('just now')
  if (seconds < 60) return t('{seconds} s ago', { seconds })
  if (seconds < 3600) return t('{minutes} min ago', { minutes: Math.floor(seconds / 60) })
  if (seconds < 86_400) return t('{hours} h ago', { hours: Math.floor(seconds / 3600) })
  return day().format(new Date(iso))
}
