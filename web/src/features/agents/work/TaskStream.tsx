import { useEffect, useMemo, useRef, useState } from 'react'
import { now } from '../../../clock.ts'
import { Button } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { SegmentedControl } from '../../../components/SegmentedControl.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { LaneFrame } from '../../../components/time/LaneFrame.tsx'
import { Legend } from '../../../components/time/Legend.tsx'
import { formatDuration, formatSeconds } from '../../../format/duration.ts'
import { expressionPath } from '../../../format/expression-path.ts'
import { t } from '../../../language/t.ts'
import { useNavigate } from '../../../routing/hooks.ts'
import { laneHeightFor, axisHeight } from './paint-work.ts'
import type { Lane } from './recent-runs.ts'
import styles from './TaskStream.module.css'
import { useRecentRuns } from './useRecentRuns.ts'
import { WorkView } from './work-view.ts'

const spans = [
  { value: '30000', ms: 30_000 },
  { value: '120000', ms: 120_000 },
  { value: '600000', ms: 600_000 },
] as const

/** Whole seconds, whole minutes. */
const labelOf = (ms: number): string => (ms < 60_000 ? formatSeconds(ms / 1_000) : formatDuration(ms))

type Span = (typeof spans)[number]['value']

/** What every slot of the cluster did in the last minutes, and does: yours in colour. */
export default function TaskStream({ agents }: { agents: readonly { id: string; name: string }[] }) {
  const recent = useRecentRuns()
  const [span, setSpan] = useState<Span>('120000')
  const lanes = useMemo(() => recent?.runs.lanes(agents.toSorted(byName).map(({ id }) => id)) ?? [], [recent, agents])
  if (!recent) return <Skeleton height="15rem" />
  if (lanes.length === 0) return null
  const { all, mine, lost, isAllAtLeast, isMineAtLeast } = recent.runs.count(now() - recent.aheadMs - Number(span))
  const names = new Map(agents.map(({ id, name }) => [id, name]))
  return (
    <Panel
      title={t('Work')}
      aside={
        <SegmentedControl
          label={t('Time in sight')}
          options={spans.map(({ value, ms }) => ({ value, label: labelOf(ms) }))}
          value={span}
          onChange={setSpan}
        />
      }
    >
      <Lanes lanes={lanes} names={names} spanMs={Number(span)} aheadMs={recent.aheadMs} />
      <div className={styles.below}>
        <p className={styles.count}>
          {t(
            '{allAre, select, least {At least } other {}}{all, plural, one {# operation} other {# operations}}, {mineAre, select, least {at least } other {}}{mine} of them yours{lost, plural, =0 {} one {; # came to nothing} other {; # came to nothing}}.',
            {
              all,
              mine,
              lost,
              allAre: isAllAtLeast ? 'least' : 'other',
              mineAre: isMineAtLeast ? 'least' : 'other',
            },
          )}
        </p>
        <Legend className={styles.kinds}>
          <li data-kind="mine">{t('yours')}</li>
          <li data-kind="running">{t('yours, running')}</li>
          <li data-kind="others">{t('of others')}</li>
          {lost > 0 && <li data-kind="lost">{t('without a result')}</li>}
        </Legend>
      </div>
    </Panel>
  )
}

const byName = (a: { name: string }, b: { name: string }): number =>
  a.name.localeCompare(b.name, 'en', { numeric: true })

interface Props {
  lanes: readonly Lane[]
  names: ReadonlyMap<string, string>
  spanMs: number
  aheadMs: number
}

function Lanes({ lanes, names, spanMs, aheadMs }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [view, setView] = useState<WorkView | null>(null)
  const [isFollowing, setIsFollowing] = useState(true)
  const navigate = useNavigate()

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const made = new WorkView(element, {
      now,
      onFollow: setIsFollowing,
      onPick: (expressionId) => void navigate(expressionPath(expressionId)),
    })
    setView(made)
    return () => made.dispose()
  }, [navigate])
  useEffect(() => view?.show(lanes, spanMs, aheadMs), [view, lanes, spanMs, aheadMs])

  const laneHeight = laneHeightFor(lanes.length)
  return (
    <LaneFrame
      canvas={canvas}
      label={t('Work of all slots over time. Left and right arrow keys move through it, End follows it again.')}
      names={lanes.map(
        ({ agentId, isFirst }, place) =>
          isFirst && (
            <span key={agentId} style={{ top: axisHeight + place * laneHeight }}>
              {names.get(agentId) ?? t('gone')}
            </span>
          ),
      )}
      height="low"
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') view?.pan(-0.2)
        else if (event.key === 'ArrowRight') view?.pan(0.2)
        else if (event.key === 'End') view?.follow()
        else return
        event.preventDefault()
      }}
    >
      {!isFollowing && (
        <div className={styles.follow}>
          <Button size="small" onClick={() => view?.follow()}>
            {t('Follow')}
          </Button>
        </div>
      )}
    </LaneFrame>
  )
}
