import type { Bar } from './lanes.ts'
import type { TimelineView } from './timeline-view.ts'

interface Handlers {
  /** Over a bar, or over none. */
  readonly onHover: (bar: Bar | null) => void
  readonly onPick: (bar: Bar | null) => void
  /** A moment was chosen on the axis. */
  readonly onSeek: (at: number) => void
}

/** As far as a finger moves by itself. */
const slackPixels = 4

/** Pointers, fingers and the wheel over a timeline. Returns the way to let go of them. */
export function handleGestures(canvas: HTMLCanvasElement, view: TimelineView, handlers: Handlers): () => void {
  const pointers = new Map<number, { x: number; y: number }>()
  let travelled = 0
  let isSeeking = false

  const placeOf = (event: { clientX: number; clientY: number }) => {
    const { left, top } = canvas.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const spread = () => {
    const [one, other] = [...pointers.values()]
    return one && other ? Math.max(10, Math.abs(one.x - other.x)) : null
  }
  const listeners = {
    pointerdown(event: PointerEvent) {
      if (event.button !== 0) return
      const place = placeOf(event)
      canvas.setPointerCapture(event.pointerId)
      pointers.set(event.pointerId, place)
      travelled = 0
      isSeeking = place.y < view.measures.axisHeight
      if (isSeeking) handlers.onSeek(view.timeAt(place.x))
    },
    pointermove(event: PointerEvent) {
      const place = placeOf(event)
      const before = pointers.get(event.pointerId)
      if (!before) return handlers.onHover(view.barAt(place.x, place.y) ?? null)
      const spreadBefore = spread()
      pointers.set(event.pointerId, place)
      travelled += Math.abs(place.x - before.x)
      const spreadNow = spread()
      if (isSeeking) handlers.onSeek(view.timeAt(place.x))
      else if (spreadBefore && spreadNow) view.zoom(spreadBefore / spreadNow, place.x)
      else if (travelled > slackPixels) view.pan(before.x - place.x)
    },
    pointerup(event: PointerEvent) {
      const place = placeOf(event)
      if (!pointers.delete(event.pointerId)) return
      if (!isSeeking && travelled <= slackPixels) handlers.onPick(view.barAt(place.x, place.y) ?? null)
    },
    pointercancel(event: PointerEvent) {
      pointers.delete(event.pointerId)
    },
    pointerleave() {
      handlers.onHover(null)
    },
    /** A wheel alone scrolls the page, as it does everywhere else. */
    wheel(event: WheelEvent) {
      if (event.ctrlKey || event.metaKey) view.zoom(Math.exp(event.deltaY / 200), placeOf(event).x)
      else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) view.pan(event.deltaX)
      else return
      event.preventDefault()
    },
  }
  for (const [kind, listener] of Object.entries(listeners))
    canvas.addEventListener(kind, listener as EventListener, { passive: false })
  return () => {
    for (const [kind, listener] of Object.entries(listeners))
      canvas.removeEventListener(kind, listener as EventListener)
  }
}
