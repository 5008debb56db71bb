import { useCallback, useMemo, useState } from 'react'
import { Panel } from '../../../components/Panel.tsx'
import { Legend } from '../../../components/time/Legend.tsx'
import { operationSign } from '../../../format/operation.ts'
import { t } from '../../../language/t.ts'
import { useShownTask } from '../selection.ts'
import type { Task } from '../useTasks.ts'
import { describeBar } from './describe-bar.ts'
import { layOutTimeline, type Bar } from './lanes.ts'
import { ReplayBar } from './ReplayBar.tsx'
import { TimelineCanvas } from './TimelineCanvas.tsx'
import styles from './TimePanel.module.css'
import { usePaced } from './usePaced.ts'
import { placeOf } from './walk.ts'

interface Props {
  /** As they are now, whatever moment the page shows. */
  tasks: readonly Task[]
  /** Whether there is more to come. */
  isUnfinished: boolean
}

/** More tasks than this are laid out anew a few times a second while they change. */
const fewTasks = 500

/** What every slot did and when, and the way to any moment of it. */
export default function TimePanel({ tasks, isUnfinished }: Props) {
  const paced = usePaced(tasks, tasks.length > fewTasks && isUnfinished ? 500 : 0)
  const timeline = useMemo(() => layOutTimeline(paced), [paced])
  const [spoken, setSpoken] = useState('')
  // Operations never change, tasks do.
  const [signs] = useState(() => tasks.map(({ operation }) => operationSign(operation)))
  const signOf = useCallback((task: number) => signs[task] ?? '', [signs])
  const shown = useShownTask()
  const [pointed, setPointed] = useState<Bar | null>(null)
  const [stood, setStood] = useState<Bar | null>(null)
  const meant = useMemo(() => [pointed, stood].filter((bar) => bar !== null), [pointed, stood])
  if (timeline.lanes.length === 0) return null
  const place = placeOf(timeline, shown, meant)
  return (
    <Panel title={t('Time')} aside={<Kinds hasLost={tasks.some(({ failedAttempts }) => failedAttempts.length > 0)} />}>
      <TimelineCanvas
        timeline={timeline}
        isUnfinished={isUnfinished}
        signOf={signOf}
        meant={meant}
        onPoint={setPointed}
        onStand={setStood}
        onWalk={(place) => setSpoken(describeBar(timeline, place, tasks[place.bar.task]))}
      >
        <ReplayBar range={timeline} isUnfinished={isUnfinished} />
      </TimelineCanvas>
      <p className={styles.readout}>
        {place
          ? describeBar(timeline, place, tasks[place.bar.task])
          : t('Point at a bar, or walk with the arrow keys.')}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </Panel>
  )
}

function Kinds({ hasLost }: { hasLost: boolean }) {
  return (
    <Legend className={styles.kinds}>
      <li data-kind="done">{t('computed')}</li>
      <li data-kind="running">{t('running')}</li>
      <li data-kind="waiting">{t('waiting for a slot')}</li>
      {hasLost && <li data-kind="lost">{t('attempt without a result')}</li>}
      <li data-kind="critical">{t('critical path')}</li>
    </Legend>
  )
}
