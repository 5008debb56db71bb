import { useCallback, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { now } from '../../../clock.ts'
import { t } from '../../../language/t.ts'
import { useSelectedTask, useSelection } from '../selection.ts'
import type { Durations } from '../task/useDurations.ts'
import { useTimeCursor } from '../timeline/useTimeCursor.ts'
import type { Task } from '../useTasks.ts'
import { watchGestures } from './gestures.ts'
import { GraphTools } from './GraphTools.tsx'
import { operandTasks, shapeOf } from './graph-shape.ts'
import { SpokenNode } from './SpokenNode.tsx'
import { Stage } from './stage.ts'
import styles from './TaskGraph.module.css'
import { useCriticalPath } from './useCriticalPath.ts'
import { useGraphLayout } from './useGraphLayout.ts'
import { standingFor, walk } from './walk.ts'

interface Props {
  plan: readonly Task[]
  tasks: readonly Task[]
  durations: Durations
}

/** The tasks as a graph that lights up while they are computed, loaded when it is needed: see docs/decisions/0030. */
export default function TaskGraph({ plan, tasks, durations }: Props) {
  const selection = useSelection()
  const cursor = useTimeCursor()
  const selected = useSelectedTask()
  const shape = useMemo(() => shapeOf(plan), [plan])
  const [folded, setFolded] = useState<ReadonlySet<number>>(() => new Set())
  const layout = useGraphLayout(shape, folded)
  const [isPathShown, setPathShown] = useState(false)
  const critical = useCriticalPath(isPathShown ? shape : null, tasks, durations)
  const [isWhole, setWhole] = useState(true)
  const [isFollowing, setFollowing] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const map = useRef<HTMLCanvasElement>(null)
  const [stage, setStage] = useState<Stage | null>(null)
  const spokenId = useId()

  const fold = useCallback(
    (task: number) => {
      if (operandTasks(shape, task).length > 0)
        setFolded((before) =>
          before.has(task) ? new Set([...before].filter((other) => other !== task)) : new Set([...before, task]),
        )
    },
    [shape],
  )

  useEffect(() => {
    if (!frame.current || !picture.current || !overlay.current || !map.current) return
    const canvases = { frame: frame.current, picture: picture.current, overlay: overlay.current, map: map.current }
    const stage = new Stage(canvases, {
      selection,
      atMs: () => cursor.get().at ?? now(),
      onWhole: setWhole,
      onLeave: () => setFollowing(false),
    })
    setStage(stage)
    const stop = watchGestures(frame.current, stage, selection, fold)
    return () => {
      stop()
      stage.dispose()
    }
  }, [selection, cursor, fold])

  useEffect(() => {
    if (layout) stage?.setGraph({ shape, layout, folded }, selection.get().selected)
  }, [stage, shape, layout, folded, selection])
  useEffect(() => stage?.setStanding({ tasks, durations, critical }), [stage, tasks, durations, critical])
  useEffect(() => stage?.follow(isFollowing), [stage, isFollowing])
  // What is selected in the source or in the table comes into sight here.
  useEffect(() => {
    if (selected !== null) stage?.reveal(selected)
  }, [stage, selected])

  const at = useMemo(
    () => layout && standingFor(shape, layout, selected ?? tasks.length - 1),
    [shape, layout, selected, tasks.length],
  )
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || !layout || at === null) return
    if (event.key === 'Enter' || event.key === ' ') fold(at)
    else if (event.key === '+' || event.key === '=') stage?.zoom(1.5)
    else if (event.key === '-') stage?.zoom(1 / 1.5)
    else if (event.key === '0') stage?.fit()
    else if (event.key === 'End') setFollowing(true)
    else if (event.key === 'Escape' && selected !== null) selection.select(null)
    else if (selected !== at && event.key.startsWith('Arrow')) selection.select(at)
    else {
      const next = walk(shape, layout, at, event.key)
      if (next !== null) selection.select(next)
      else if (!event.key.startsWith('Arrow')) return
    }
    event.preventDefault()
  }

  const spoken = tasks[at ?? -1]
  const height = layout ? layout.levels * layout.levelHeight + 60 : 320
  return (
    <div className={styles.graph}>
      <div
        ref={frame}
        className={styles.frame}
        style={{ height: `min(${height}px, 40rem, 75dvh)` }}
        data-whole={isWhole || undefined}
        tabIndex={0}
        role="tree"
        aria-label={t('Graph of {count, plural, one {# operation} other {# operations}}', { count: tasks.length })}
        aria-describedby={`${spokenId}-keys`}
        aria-activedescendant={spokenId}
        aria-busy={layout === null}
        onKeyDown={onKeyDown}
      >
        <canvas ref={picture} className={styles.picture} aria-hidden="true" />
        <canvas ref={overlay} className={styles.overlay} aria-hidden="true" />
        {spoken && layout && (
          <SpokenNode
            id={spokenId}
            task={spoken}
            shape={shape}
            layout={layout}
            isFolded={folded.has(spoken.index)}
            isSelected={selected === at}
          />
        )}
      </div>
      <canvas
        ref={map}
        className={styles.map}
        hidden={isWhole}
        aria-hidden="true"
        onPointerDown={({ nativeEvent, currentTarget, pointerId }) => {
          currentTarget.setPointerCapture(pointerId)
          stage?.goTo({ x: nativeEvent.offsetX, y: nativeEvent.offsetY })
        }}
        onPointerMove={({ nativeEvent, buttons }) =>
          buttons > 0 && stage?.goTo({ x: nativeEvent.offsetX, y: nativeEvent.offsetY })
        }
      />
      <GraphTools
        stage={stage}
        isPathShown={isPathShown}
        onShowPath={setPathShown}
        isFollowing={isFollowing}
        onFollow={setFollowing}
        foldable={selected !== null && operandTasks(shape, selected).length > 0 ? selected : null}
        isFolded={selected !== null && folded.has(selected)}
        onFold={fold}
      />
      <p id={`${spokenId}-keys`} className="visually-hidden">
        {t(
          'Arrow up goes to what uses an operation, arrow down to what it works on, left and right along the level. Enter folds what lies below. Plus, minus and 0 zoom. End follows what runs.',
        )}
      </p>
    </div>
  )
}
