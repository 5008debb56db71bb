import { memo, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useLanguage } from '../../../language/language.ts'
import { t } from '../../../language/t.ts'
import { useSelectedTask, useSelection } from '../selection.ts'
import { describeTask } from '../task/describe-task.ts'
import type { Durations } from '../task/useDurations.ts'
import type { Task } from '../useTasks.ts'
import { SourceChunk } from './SourceChunk.tsx'
import type { SourceFold } from './source-folds.ts'
import { chunkSegments, cutSource, placesOf } from './source-segments.ts'
import styles from './SourceText.module.css'
import { useChunksInSight } from './useChunksInSight.ts'
import { useFollowing, useSelectedInSight } from './useFollowing.ts'
import { step, stopsOf } from './walk.ts'

export const sourceSelector = '[data-source]'

interface Props {
  source: string
  plan: readonly Task[]
  tasks: readonly Task[]
  durations: Durations
  folds: readonly SourceFold[]
  /** Whether what runs is kept in sight. */
  isFollowing: boolean
  /** The operator at which the expression failed. */
  failure: { readonly position: number } | null
}

/** The source, in which each operation shows how it stands. */
export const SourceText = memo(function SourceText({
  source,
  plan,
  tasks,
  durations,
  folds,
  isFollowing,
  failure,
}: Props) {
  useLanguage()
  const { select } = useSelection()
  const selected = useSelectedTask()
  const [spoken, setSpoken] = useState('')
  const frame = useRef<HTMLParagraphElement>(null)
  const stoodAt = useRef<number | null>(null)
  const places = useMemo(() => placesOf(plan), [plan])
  const chunks = useMemo(() => chunkSegments(cutSource(source, places, folds)), [source, places, folds])
  const inSight = useChunksInSight(frame, chunks.length)
  useFollowing(frame, chunks, isFollowing ? tasks : null, inSight)
  useSelectedInSight(frame, chunks)

  /** Left and right go from operation to operation. */
  function onKeyDown(event: KeyboardEvent) {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (event.key === 'Escape') select(null)
    if (by === 0 || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
    const stop = step(stopsOf(chunks.flat()), selected, stoodAt.current, by)
    // Of several tasks at one place the first.
    const task = tasks[stop?.tasks[0] ?? -1]
    if (!stop || !task) return
    event.preventDefault()
    stoodAt.current = stop.position
    select(task.index)
    setSpoken(describeTask(task))
  }

  return (
    <>
      <p
        ref={frame}
        className={styles.source}
        data-source
        tabIndex={0}
        role="region"
        aria-label={t('Source')}
        onKeyDown={onKeyDown}
      >
        {chunks.map((segments, chunk) => (
          <SourceChunk
            key={chunk}
            chunk={chunk}
            segments={segments}
            isInSight={inSight.has(chunk)}
            tasks={tasks}
            durations={durations}
            failureAt={failure?.position ?? null}
          />
        ))}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </>
  )
})
