import { useNow } from '../../../components/useNow.ts'
import { formatDuration, formatSeconds } from '../../../format/duration.ts'
import { formatClockTime } from '../../../format/time.ts'
import { t, tx } from '../../../language/t.ts'
import styles from './PredictionLine.module.css'
import { SlotTimes } from './SlotTimes.tsx'
import { usePrediction } from './usePrediction.ts'
import { waitSentence } from './wait-sentence.ts'

/** When an unfinished expression will be finished, what it waits for, and what other slots would do. */
export function PredictionLine({ id }: { id: string }) {
  const prediction = usePrediction(id, true)
  const nowMs = useNow()
  if (!prediction) return <p className={styles.line}>&nbsp;</p>
  const serverNow = nowMs - prediction.aheadMs
  const { finishAt } = prediction
  const leftMs = finishAt === null ? null : Math.max(0, Date.parse(finishAt) - serverNow)
  const sentence = waitSentence(prediction, serverNow)
  return (
    <div className={styles.prediction}>
      <p className={styles.line}>
        {finishAt !== null && leftMs !== null && (
          <>
            <strong className={styles.left}>
              {leftMs < 1_000 ? t('Done any moment') : t('About {time} left', { time: roughly(leftMs) })}
            </strong>{' '}
            <span className={styles.at}>
              {tx('at {time}', {
                time: (
                  <time dateTime={finishAt}>
                    {formatClockTime(new Date(Date.parse(finishAt) + prediction.aheadMs).toISOString()).slice(0, 8)}
                  </time>
                ),
              })}
            </span>
          </>
        )}
        <span>{sentence}</span>
      </p>
      <SlotTimes id={id} present={prediction.slots} />
    </div>
  )
}

/** A tenth of a second is not foreseen. */
const roughly = (ms: number): string => (ms < 59_000 ? formatSeconds(Math.ceil(ms / 1_000)) : formatDuration(ms))
