import { useEffect, useState } from 'react'
import { formatNumber, shorten } from '../../../format/number.ts'
import { t } from '../../../language/t.ts'
import type { Task } from '../useTasks.ts'
import { partAt, valueOf } from './source-folds.ts'
import type { SourceNode, SourceTree } from './source-tree.ts'
import type { TaskMeaning } from './source-values.ts'
import { sourceSelector } from './SourceText.tsx'
import styles from './SourceView.module.css'

interface Props {
  source: string
  tree: SourceTree
  meanings: ReadonlyMap<SourceNode, TaskMeaning>
  tasks: readonly Task[]
}

/** What the stretch of the source that somebody marks comes to, where it is a part that has a value. */
export function StretchValue({ source, tree, meanings, tasks }: Props) {
  const stretch = useMarkedStretch()
  const part = stretch && partAt(source, tree, stretch.start, stretch.end)
  const value = part && valueOf(part, meanings, tasks)
  return (
    <p className={styles.stretch} aria-live="polite">
      {part && value ? (
        <>
          {shorten(source.slice(part.start, part.end), 40)} <strong>= {formatNumber(value.text)}</strong>
        </>
      ) : part && meanings.has(part) ? (
        t('Not computed yet')
      ) : null}
    </p>
  )
}

interface Stretch {
  readonly start: number
  readonly end: number
}

/** What is marked of the source, from where up to where; null where nothing is, or more than the source. */
function useMarkedStretch(): Stretch | null {
  const [stretch, setStretch] = useState<Stretch | null>(null)
  useEffect(() => {
    const read = () => setStretch(markedStretch())
    document.addEventListener('selectionchange', read)
    return () => document.removeEventListener('selectionchange', read)
  }, [])
  return stretch
}

function markedStretch(): Stretch | null {
  const marked = document.getSelection()
  const text = document.querySelector(sourceSelector)
  if (!marked || marked.isCollapsed || marked.rangeCount === 0 || !text) return null
  const range = marked.getRangeAt(0)
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null
  const before = document.createRange()
  before.setStart(text, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const start = before.toString().length
  return { start, end: start + range.toString().length }
}
