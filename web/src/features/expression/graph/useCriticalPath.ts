import { useEffect, useRef, useState } from 'react'
import type { Durations } from '../task/useDurations.ts'
import type { Task } from '../useTasks.ts'
import { criticalPath } from './critical-path.ts'
import type { GraphShape } from './graph-shape.ts'

const none: ReadonlySet<number> = new Set()
const paceMs = 1000

/** The tasks on the critical path, some of a second old; none where no shape is given. */
export function useCriticalPath(
  shape: GraphShape | null,
  tasks: readonly Task[],
  durations: Durations,
): ReadonlySet<number> {
  const latest = useRef({ tasks, durations })
  const [path, setPath] = useState(none)

  useEffect(() => {
    latest.current = { tasks, durations }
  }, [tasks, durations])

  useEffect(() => {
    if (!shape) return
    const find = () => setPath(new Set(criticalPath(shape, latest.current.tasks, latest.current.durations)))
    find()
    const timer = setInterval(find, paceMs)
    return () => clearInterval(timer)
  }, [shape])

  return shape ? path : none
}
