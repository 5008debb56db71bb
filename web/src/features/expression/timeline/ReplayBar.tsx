import { Button } from '../../../components/Button.tsx'
import { leaveFocus } from '../../../components/leave-focus.ts'
import { formatDuration } from '../../../format/duration.ts'
import { t, tx } from '../../../language/t.ts'
import styles from './ReplayBar.module.css'
import { momentIn, placeIn, sliderPlaces, type TimeRange } from './time-cursor.ts'
import { useTimeCursor, useTimeCursorState } from './useTimeCursor.ts'

/** Milliseconds of the expression for one of the clock. */
const speeds = [0.1, 0.25, 0.5, 1, 2, 5, 10, 50, 100] as const

interface Props {
  range: TimeRange
  isUnfinished: boolean
}

/** Plays what has happened, at any speed, forwards from any moment; all views of the page follow. */
export function ReplayBar({ range, isUnfinished }: Props) {
  const cursor = useTimeCursor()
  const { at, isPlaying, speed } = useTimeCursorState()
  const total = range.to - range.from
  const elapsed = Math.min(total, Math.max(0, (at ?? range.to) - range.from))
  return (
    <div className={styles.bar} role="group" aria-label={t('Replay')}>
      <Button
        size="small"
        look={isPlaying ? 'secondary' : 'primary'}
        onClick={() => (isPlaying ? cursor.pause() : cursor.play(range))}
      >
        {isPlaying ? t('Pause') : t('Replay')}
      </Button>
      <input
        className={styles.slider}
        type="range"
        aria-label={t('Moment')}
        min={0}
        max={sliderPlaces}
        value={placeIn(range, range.from + elapsed)}
        aria-valuetext={
          at !== null ? t('after {time}', { time: formatDuration(elapsed) }) : isUnfinished ? t('now') : t('the end')
        }
        onChange={(event) => {
          cursor.pause()
          cursor.seek(momentIn(range, event.target.valueAsNumber))
        }}
      />
      <output className={styles.moment}>
        {tx('{elapsed} <rest>of {total}</rest>', {
          elapsed: formatDuration(elapsed),
          total: formatDuration(total),
          rest: (inside) => <span className={styles.of}>{inside}</span>,
        })}
      </output>
      <label className={styles.speed}>
        <span className="visually-hidden">{t('Speed')}</span>
        <select value={speed} onChange={(event) => cursor.setSpeed(Number(event.target.value))}>
          {speeds.map((each) => (
            <option key={each} value={each}>
              {each}×
            </option>
          ))}
        </select>
      </label>
      {at !== null && (
        <Button ref={leaveFocus} size="small" look="quiet" onClick={() => cursor.leave()}>
          {isUnfinished ? t('Back to now') : t('Show the end')}
        </Button>
      )}
    </div>
  )
}
