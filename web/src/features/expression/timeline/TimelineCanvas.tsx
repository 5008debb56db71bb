import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Button } from '../../../components/Button.tsx'
import { LaneFrame } from '../../../components/time/LaneFrame.tsx'
import { now } from '../../../clock.ts'
import { t } from '../../../language/t.ts'
import { useSelection } from '../selection.ts'
import { handleGestures } from './gestures.ts'
import type { Bar, Timeline } from './lanes.ts'
import { topOf } from './painter.ts'
import { measuresFor, TimelineView, type Mode } from './timeline-view.ts'
import styles from './TimelineCanvas.module.css'
import { useTimeCursor } from './useTimeCursor.ts'
import { placeOf, step } from './walk.ts'

interface Props {
  timeline: Timeline
  isUnfinished: boolean
  signOf: (task: number) => string
  /** What stands beside the tools. */
  children: ReactNode
  /** Of several attempts at a task, the ones that are pointed at or stood on. */
  meant: readonly Bar[]
  onPoint: (bar: Bar | null) => void
  onStand: (bar: Bar | null) => void
  /** The keyboard has come to a bar. */
  onWalk: (place: NonNullable<ReturnType<typeof placeOf>>) => void
}

export function TimelineCanvas({ timeline, isUnfinished, signOf, meant, onPoint, onStand, onWalk, children }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const needle = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<TimelineView | null>(null)
  const [mode, setMode] = useState<Mode>('whole')
  const selection = useSelection()
  const cursor = useTimeCursor()
  const first = useRef(timeline)

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const made = new TimelineView(first.current, { canvas: element, now, signOf, onMode: setMode })
    const resizes = new ResizeObserver(() => made.resize(element.clientWidth))
    resizes.observe(element)
    const moveNeedle = () => {
      const { at } = cursor.get()
      if (!needle.current) return
      needle.current.hidden = at === null
      if (at !== null) needle.current.style.transform = `translateX(${made.xOf(at)}px)`
    }
    made.onDrawn = moveNeedle
    const release = [
      selection.subscribe(() => made.mark(selection.get())),
      cursor.subscribe(() => {
        const { at, isPlaying } = cursor.get()
        if (at !== null && isPlaying) made.reveal(at)
        moveNeedle()
      }),
      handleGestures(element, made, {
        onHover: (bar) => {
          selection.hover(bar?.task ?? null)
          onPoint(bar)
        },
        onPick: (bar) => {
          selection.select(bar?.task ?? null)
          onStand(bar)
        },
        onSeek: (at) => {
          cursor.pause()
          cursor.seek(at)
        },
      }),
    ]
    setView(made)
    return () => {
      for (const each of release) each()
      resizes.disconnect()
      made.dispose()
    }
  }, [selection, cursor, signOf, onPoint, onStand])

  useEffect(() => view?.show(timeline, isUnfinished), [view, timeline, isUnfinished])
  useEffect(() => view?.mark({ meant }), [view, meant])

  const onKeyDown = (event: KeyboardEvent) => {
    if (!view || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '+' || event.key === '=') view.zoom(0.7)
    else if (event.key === '-') view.zoom(1.4)
    else if (event.key === '0') view.setMode('whole')
    else if (event.key === 'Escape') return selection.select(null)
    else {
      const place = step(view.timeline, placeOf(view.timeline, selection.get().selected, meant), event.key)
      if (!place) return
      view.reveal(place.bar.from)
      selection.select(place.bar.task)
      onStand(place.bar)
      onWalk(place)
    }
    event.preventDefault()
  }

  return (
    <div className={styles.timeline}>
      <div className={styles.bar}>
        {children}
        <div className={styles.tools} role="group" aria-label={t('View of the timeline')}>
          <Button size="small" aria-label={t('Show less time')} onClick={() => view?.zoom(0.6)}>
            +
          </Button>
          <Button size="small" aria-label={t('Show more time')} onClick={() => view?.zoom(1.6)}>
            −
          </Button>
          <Button size="small" aria-pressed={mode === 'whole'} onClick={() => view?.setMode('whole')}>
            {t('Fit')}
          </Button>
          {isUnfinished && (
            <Button size="small" aria-pressed={mode === 'follow'} onClick={() => view?.setMode('follow')}>
              {t('Follow')}
            </Button>
          )}
        </div>
      </div>
      <LaneFrame
        canvas={canvas}
        label={t('Timeline: a lane for each slot. Arrow keys go from bar to bar, plus and minus zoom, 0 shows all.')}
        names={<Names timeline={timeline} />}
        height="high"
        onKeyDown={onKeyDown}
      >
        <div ref={needle} className={styles.needle} hidden />
      </LaneFrame>
    </div>
  )
}

/** Names of the agents beside the first lane of each. */
function Names({ timeline }: { timeline: Timeline }) {
  const { lanes, mostWaiting } = timeline
  const measures = measuresFor(lanes.length, 0)
  return (
    <>
      {mostWaiting > 0 && <span style={{ top: measures.axisHeight + 8 }}>{t('waiting')}</span>}
      {lanes.map(
        ({ agent, slot }, place) =>
          (slot === 1 || measures.laneHeight >= 14) && (
            <span key={`${agent} ${slot}`} style={{ top: topOf(place, measures) }}>
              {agent} {measures.laneHeight >= 14 && <small>{slot}</small>}
            </span>
          ),
      )}
    </>
  )
}
