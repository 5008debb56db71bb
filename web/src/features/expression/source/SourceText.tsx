import { memo, useMemo, useRef } from 'react'
import type { Durations } from '../task/useDurations.ts'
import type { Task } from '../useTasks.ts'
import { SourceChunk } from './SourceChunk.tsx'
import { chunkSegments, cutSource } from './source-segments.ts'
import styles from './SourceText.module.css'
import { useChunksInSight } from './useChunksInSight.ts'

interface Props {
  source: string
  plan: readonly Task[]
  tasks: readonly Task[]
  durations: Durations
  /** The operator at which the expression failed. */
  failure: { readonly position: number } | null
}

/** The source, in which each operation shows how it stands. */
export const SourceText = memo(function SourceText({ source, plan, tasks, durations, failure }: Props) {
  const frame = useRef<HTMLParagraphElement>(null)
  const chunks = useMemo(() => chunkSegments(cutSource(source, plan)), [source, plan])
  const inSight = useChunksInSight(frame, chunks.length)
  return (
    <p ref={frame} className={styles.source} tabIndex={0} role="region" aria-label="Source">
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
  )
})
