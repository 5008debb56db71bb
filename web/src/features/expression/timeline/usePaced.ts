import { useEffect, useRef, useState } from 'react'

/** A value that changes often, taken over once in so many milliseconds; with 0 at once. The last one is always taken over. */
export function usePaced<Value>(value: Value, everyMs: number): Value {
  const [shown, setShown] = useState(value)
  const latest = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  useEffect(() => {
    latest.current = value
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      setShown(latest.current)
    }, everyMs)
  }, [value, everyMs])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )

  return everyMs === 0 ? value : shown
}
