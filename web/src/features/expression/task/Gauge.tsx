import { useState, useSyncExternalStore, type CSSProperties } from 'react'
import { now } from '../../../clock.ts'
import { useTimeCursor } from '../timeline/useTimeCursor.ts'
import styles from './Gauge.module.css'

interface Props {
  startedAt: string
  durationMs: number
}

/** Fills what it stands in while an operation takes its time. The browser alone moves it, but where a moment of the past is shown. */
export function Gauge({ startedAt, durationMs }: Props) {
  const cursor = useTimeCursor()
  const at = useSyncExternalStore(cursor.subscribe, () => cursor.get().at)
  const timing = { startedAt: Date.parse(startedAt), durationMs }
  return at === null ? <Filling key={`${startedAt} ${durationMs}`} {...timing} /> : <Filled {...timing} at={at} />
}

interface Timing {
  startedAt: number
  durationMs: number
}

function Filling({ startedAt, durationMs }: Timing) {
  // From when it is first seen: it may have begun long before.
  const [passedMs] = useState(() => now() - startedAt)
  const timing = { animationDuration: `${durationMs}ms`, animationDelay: `${-Math.max(0, passedMs)}ms` }
  return <span className={styles.gauge} style={timing satisfies CSSProperties} aria-hidden="true" />
}

function Filled({ startedAt, durationMs, at }: Timing & { at: number }) {
  const part = durationMs > 0 ? Math.min(1, Math.max(0, (at - startedAt) / durationMs)) : 1
  return (
    <span className={styles.gauge} style={{ animation: 'none', transform: `scaleX(${part})` }} aria-hidden="true" />
  )
}
