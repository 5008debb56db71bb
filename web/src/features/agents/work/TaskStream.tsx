import { useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { now } from '../../../clock.ts'
import { Button } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { SegmentedControl } from '../../../components/SegmentedControl.tsx'
import { Legend } from '../../../components/time/Legend.tsx'
import { formatCount, plural } from '../../../format/number.ts'
import { laneHeightFor, axisHeight } from './paint-work.ts'
import type { Lane } from './recent-runs.ts'
import styles from './TaskStream.module.css'
import { useRecentRuns } from './useRecentRuns.ts'
import { WorkView } from './work-view.ts'

const spans = [
  { value: '30000', label: '30 s' },
  { value: '120000', label: '2 min' },
  { value: '600000', label: '10 min' },
] as const

type Span = (typeof spans)[number]['value']

/** What every slot of the cluster did in the last minutes, and does: yours in colour. */
export default function TaskStream({ agents }: { agents: readonly { id: string; name: string }[] }) {
  const recent = useRecentRuns()
  const [span, setSpan] = useState<Span>('120000')
  const lanes = useMemo(() => recent?.runs.lanes(agents.toSorted(byName).map(({ id }) => id)) ?? [], [recent, agents])
  if (!recent || lanes.length === 0) return null
  const { all, mine, lost } = recent.runs.count(now() - recent.aheadMs - Number(span))
  const names = new Map(agents.map(({ id, name }) => [id, name]))
  return (
    <Panel
      title="Work"
      aside={<SegmentedControl label="Time in sight" options={spans} value={span} onChange={setSpan} />}
    >
      <Lanes lanes={lanes} names={names} spanMs={Number(span)} aheadMs={recent.aheadMs} />
      <div className={styles.below}>
        <p className={styles.count}>
          {plural(all, 'operation')}, {formatCount(mine)} of them yours
          {lost > 0 && `; ${formatCount(lost)} came to nothing`}.
        </p>
        <Legend className={styles.kinds}>
          <li data-kind="mine">yours</li>
          <li data-kind="running">yours, running</li>
          <li data-kind="others">of others</li>
          {lost > 0 && <li data-kind="lost">without a result</li>}
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
      onPick: (expressionId) => void navigate(`/expressions/${encodeURIComponent(expressionId)}`),
    })
    setView(made)
    return () => made.dispose()
  }, [navigate])
  useEffect(() => view?.show(lanes, spanMs, aheadMs), [view, lanes, spanMs, aheadMs])

  const laneHeight = laneHeightFor(lanes.length)
  return (
    <div className={styles.frame}>
      <div className={styles.labels} aria-hidden="true">
        {lanes.map(
          ({ agentId, isFirst }, place) =>
            isFirst && (
              <span key={agentId} className={styles.label} style={{ top: axisHeight + place * laneHeight }}>
                {names.get(agentId) ?? 'gone'}
              </span>
            ),
        )}
      </div>
      <div
        className={styles.stage}
        role="application"
        aria-label="Work of all slots over time. Left and right arrow keys move through it, End follows it again."
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') view?.pan(-0.2)
          else if (event.key === 'ArrowRight') view?.pan(0.2)
          else if (event.key === 'End') view?.follow()
          else return
          event.preventDefault()
        }}
      >
        <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
        {!isFollowing && (
          <div className={styles.follow}>
            <Button size="small" onClick={() => view?.follow()}>
              Follow
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}
