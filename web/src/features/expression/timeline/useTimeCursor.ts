import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { Replay, type ReplayedTask } from './replay.ts'
import { TimeCursor, type TimeCursorState } from './time-cursor.ts'

export const TimeCursorContext = createContext<TimeCursor | null>(null)

/** For whoever moves the cursor, or reads it without being drawn anew. */
export function useTimeCursor(): TimeCursor {
  const cursor = use(TimeCursorContext)
  if (cursor === null) throw new Error('There is no time cursor above this component.')
  return cursor
}

/** The moment that the page shows, drawn anew whenever that changes. */
export function useTimeCursorState(): TimeCursorState {
  const cursor = useTimeCursor()
  return useSyncExternalStore(cursor.subscribe, cursor.get)
}

/** The moment that the page shows, to the second, as an ISO text; null for now. For those who tell how long something has been going on. */
export function useShownSecond(): string | null {
  const cursor = useTimeCursor()
  const second = useSyncExternalStore(cursor.subscribe, () => {
    const { at } = cursor.get()
    return at === null ? null : Math.floor(at / 1_000)
  })
  return second === null ? null : new Date(second * 1_000).toISOString()
}

/** Where a moment of the past is shown, what ran then had run until then. */
export const laterOf = (startedAt: string, shownAt: string | null): string | null =>
  shownAt !== null && shownAt < startedAt ? startedAt : shownAt

/** More tasks than this are drawn anew some times a second, and not with each picture. */
const fewTasks = 150
const paceMs = 100

/**
 * Tasks as of the moment that the page shows: as they are while that is now.
 * @param endAt when the expression came to its end, in milliseconds since 1970; null while it runs
 */
export function useTasksAtCursor<Task extends ReplayedTask>(
  tasks: readonly Task[] | null,
  endAt: number | null,
): readonly Task[] | null {
  const cursor = useTimeCursor()
  const isReplay = useSyncExternalStore(cursor.subscribe, () => cursor.get().at !== null)
  const replay = useMemo(() => (isReplay ? new Replay<Task>([], endAt ?? undefined) : null), [isReplay, endAt])
  const [shown, setShown] = useState<readonly Task[] | null>(null)

  useEffect(() => {
    if (!replay || !tasks) return
    replay.take(tasks)
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = () => {
      timer = undefined
      const { at } = cursor.get()
      if (at !== null) setShown(replay.at(at))
    }
    const onMove = () => {
      if (tasks.length <= fewTasks) show()
      else timer ??= setTimeout(show, paceMs)
    }
    show()
    const unsubscribe = cursor.subscribe(onMove)
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [cursor, replay, tasks])

  return replay ? (shown ?? tasks) : tasks
}
