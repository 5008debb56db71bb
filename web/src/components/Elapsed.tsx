import { formatDuration, formatSeconds } from '../format/duration.ts'
import { useNow } from './useNow.ts'

/** How long something took, or has taken so far. */
export function Elapsed({ from, to }: { from: string; to: string | null }) {
  return to === null ? <Running from={from} /> : <>{formatDuration(Date.parse(to) - Date.parse(from))}</>
}

function Running({ from }: { from: string }) {
  const seconds = Math.max(0, Math.floor((useNow() - Date.parse(from)) / 1000))
  return <>{seconds < 60 ? formatSeconds(seconds) : formatDuration(seconds * 1000)}</>
}
