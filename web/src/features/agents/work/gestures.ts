interface Handlers {
  readonly onHover: (x: number, y: number) => void
  /** Moved by a part of what is in sight. */
  readonly onPan: (by: number) => void
  readonly onPick: (x: number, y: number) => void
}

/** As far as a finger moves by itself. */
const slackPixels = 4

/** Pointers over the lanes: a drag moves them, a press picks. Returns the way to let go of them. */
export function handlePointers(canvas: HTMLCanvasElement, { onHover, onPan, onPick }: Handlers): () => void {
  let last: number | null = null
  let travelled = 0
  const placeOf = ({ clientX, clientY }: PointerEvent): [number, number] => {
    const { left, top } = canvas.getBoundingClientRect()
    return [clientX - left, clientY - top]
  }
  const listeners = {
    pointerdown(event: PointerEvent) {
      if (event.button !== 0) return
      canvas.setPointerCapture(event.pointerId)
      last = event.clientX
      travelled = 0
    },
    pointermove(event: PointerEvent) {
      if (last === null) return onHover(...placeOf(event))
      travelled += Math.abs(event.clientX - last)
      if (travelled > slackPixels) onPan((last - event.clientX) / canvas.clientWidth)
      last = event.clientX
    },
    pointerup(event: PointerEvent) {
      const isPress = last !== null && travelled <= slackPixels
      last = null
      if (isPress) onPick(...placeOf(event))
    },
    pointercancel() {
      last = null
    },
  }
  for (const [kind, listener] of Object.entries(listeners)) canvas.addEventListener(kind, listener as EventListener)
  return () => {
    for (const [kind, listener] of Object.entries(listeners))
      canvas.removeEventListener(kind, listener as EventListener)
  }
}
