import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { formatNumber } from '../../../format/number.ts'
import { t } from '../../../language/t.ts'
import { resultForms } from '../result-forms.ts'
import { createSelection, SelectionContext } from '../selection.ts'
import { SourceView } from '../source/SourceView.tsx'
import { TaskMap } from '../TaskMap.tsx'
import { TaskPanel } from '../task/TaskPanel.tsx'
import { layOutTimeline } from '../timeline/lanes.ts'
import { TimeCursor } from '../timeline/time-cursor.ts'
import TimePanel from '../timeline/TimePanel.tsx'
import { TimeCursorContext, useTasksAtCursor, useTimeCursor } from '../timeline/useTimeCursor.ts'
import { recordedRun } from './recorded-run.ts'
import styles from './RecordedExpression.module.css'

const { source, tasks, durations, finishedAt, result } = recordedRun
const endAt = Date.parse(finishedAt)
const { from, to } = layOutTimeline(tasks)

/**
 * An expression that was computed once, played from its log by what shows those that run: for those who have no account, at no cost to the
 * server. It begins by itself, but where somebody wants nothing to move.
 */
export default function RecordedExpression() {
  const [cursor] = useState(() => new TimeCursor())
  const [selection] = useState(createSelection)
  useEffect(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    cursor.play({ from, to })
    return () => cursor.leave()
  }, [cursor])
  return (
    <TimeCursorContext value={cursor}>
      <SelectionContext value={selection}>
        <Replayed />
      </SelectionContext>
    </TimeCursorContext>
  )
}

function Replayed() {
  const shown = useTasksAtCursor(tasks, endAt) ?? tasks
  return (
    <div className={styles.run}>
      <div className={styles.source}>
        <SourceView source={source} plan={tasks} tasks={shown} durations={durations} isRunning={false} failure={null} />
        <Outcome done={shown.filter(({ status }) => status === 'SUCCEEDED').length} />
      </div>
      <TaskMap tasks={shown} plan={tasks} durations={durations} />
      <TimePanel tasks={tasks} isUnfinished={false} />
      <TaskPanel tasks={shown} isRecorded />
    </div>
  )
}

/** The result once it is there; until then how far it has come, and what happens on the way that one might miss. */
function Outcome({ done }: { done: number }) {
  const cursor = useTimeCursor()
  const lost = useMemo(() => tasks.flatMap(({ failedAttempts }) => failedAttempts)[0], [])
  const lostAt = lost ? Date.parse(lost.endedAt) : Infinity
  const isLostShown = useSyncExternalStore(cursor.subscribe, () => {
    const { at } = cursor.get()
    return at !== null && at >= lostAt && at < lostAt + 4_000
  })
  const forms = resultForms(result)
  if (done === tasks.length)
    return (
      <p className={styles.outcome}>
        {forms.map(({ kind, sign, text }) => (
          <span key={kind} className={styles.form}>
            {sign} {formatNumber(text)}
          </span>
        ))}
      </p>
    )
  return (
    <p className={styles.outcome}>
      {isLostShown && lost?.agent ? (
        <strong className={styles.lost}>
          {t('{agent} was killed. Its operation goes to another agent.', { agent: lost.agent.name })}
        </strong>
      ) : (
        t('{done} of {total, plural, one {# operation} other {# operations}} computed', { done, total: tasks.length })
      )}
    </p>
  )
}
