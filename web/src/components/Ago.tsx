import { formatAgo, formatDateTime } from '../format/time.ts'
import { useNow } from './useNow.ts'

/** How long ago something was, kept true. */
export function Ago({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {formatAgo(at, useNow())}
    </time>
  )
}
