const absolute = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' })
const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })
const day = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const clockTime = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 1,
  hour12: false,
})

/** A point in time in full. */
export const formatDateTime = (iso: string): string => absolute.format(new Date(iso))

/** The day alone, with its year. */
export const formatDate = (iso: string): string => date.format(new Date(iso))

/** The time of day, to a tenth of a second. */
export const formatClockTime = (iso: string): string => clockTime.format(new Date(iso))

/** How long ago: `just now`, `12 s ago`, `5 min ago`, `3 h ago`, then the date. A clock that is ahead counts as now. */
export function formatAgo(iso: string, nowMs: number): string {
  const seconds = Math.floor((nowMs - Date.parse(iso)) / 1000)
  if (seconds < 3) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  return day.format(new Date(iso))
}
