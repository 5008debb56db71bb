import { perLanguage } from '../language/per-language.ts'
import { t } from '../language/t.ts'

const absolute = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }),
)
const date = perLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }))
const day = perLanguage(
  (language) =>
    new Intl.DateTimeFormat(language, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    }),
)
const clockTime = perLanguage(
  (language) =>
    new Intl.DateTimeFormat(language, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 1,
      hour12: false,
    }),
)

/** A point in time in full. */
export const formatDateTime = (iso: string): string => absolute().format(new Date(iso))

/** The day alone, with its year. */
export const formatDate = (iso: string): string => date().format(new Date(iso))

/** The time of day, to a tenth of a second. */
export const formatClockTime = (iso: string): string => clockTime().format(new Date(iso))

/** How long ago: `just now`, `12 s ago`, `5 min ago`, `3 h ago`, then the date. A clock that is ahead counts as now. */
export function formatAgo(iso: string, nowMs: number): string {
  const seconds = Math.floor((nowMs - Date.parse(iso)) / 1000)
  if (seconds < 3) return t('just now')
  if (seconds < 60) return t('{seconds} s ago', { seconds })
  if (seconds < 3600) return t('{minutes} min ago', { minutes: Math.floor(seconds / 60) })
  if (seconds < 86_400) return t('{hours} h ago', { hours: Math.floor(seconds / 3600) })
  return day().format(new Date(iso))
}
