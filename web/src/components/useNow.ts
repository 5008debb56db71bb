import { useSyncExternalStore } from 'react'
import { now } from '../clock.ts'

const listeners = new Set<() => void>()
const tickMs = 1000
let timer: ReturnType<typeof setInterval> | undefined
let current = now()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    current = now()
    for (const notify of listeners) notify()
  }, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function get(): number {
  // Nobody ticks it while nobody watches. Within one second it is one value, as React wants it.
  if (timer === undefined && Math.abs(now() - current) > tickMs) current = now()
  return current
}

/** The time, to the second: one timer for all that show how long ago something was. */
export const useNow = (): number => useSyncExternalStore(subscribe, get)
