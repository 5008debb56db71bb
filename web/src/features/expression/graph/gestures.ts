import type { SelectionStore } from '../selection.ts'
import type { Stage } from './stage.ts'

interface Point {
  readonly x: number
  readonly y: number
}

/** Further than this a press is a drag. */
const slackPx = 5

/** Pointers and the wheel on a graph: a drag moves it, two fingers and Ctrl with the wheel zoom, a tap selects, a second folds. */
export function watchGestures(
  frame: HTMLElement,
  stage: Stage,
  selection: SelectionStore,
  fold: (task: number) => void,
) {
  const pointers = new Map<number, Point>()
  let start: Point | null = null
  let hasMoved = false

  const placeOf = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = frame.getBoundingClientRect()
    return { x: clientX - left - frame.clientLeft, y: clientY - top - frame.clientTop }
  }
  const reach = ({ pointerType }: PointerEvent) => (pointerType === 'touch' ? 16 : 6)

  function onDown(event: PointerEvent): void {
    if (event.button !== 0) return
    pointers.set(event.pointerId, placeOf(event))
    start = placeOf(event)
    hasMoved = pointers.size > 1
  }

  function onMove(event: PointerEvent): void {
    // Let go of outside, before it was a drag, of which the graph is told wherever it ends.
    if (event.buttons === 0) release(event)
    const before = pointers.get(event.pointerId)
    const at = placeOf(event)
    if (!before || !start) return selection.hover(stage.taskAt(at, reach(event)))
    if (!hasMoved && distance(start, at) <= slackPx) return
    if (!hasMoved) frame.setPointerCapture(event.pointerId)
    hasMoved = true
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1]
    if (other) stage.zoom(distance(at, other) / Math.max(1, distance(before, other)), middle(at, other))
    stage.pan((at.x - before.x) / pointers.size, (at.y - before.y) / pointers.size)
    pointers.set(event.pointerId, at)
  }

  function onUp(event: PointerEvent): void {
    const isPress = release(event) && !hasMoved && event.type === 'pointerup'
    if (isPress) selection.select(stage.taskAt(placeOf(event), reach(event)))
  }

  /** Whether it was held. */
  function release({ pointerId }: PointerEvent): boolean {
    const wasHeld = pointers.delete(pointerId)
    if (pointers.size === 0) start = null
    return wasHeld
  }

  function onWheel(event: WheelEvent): void {
    // Without Ctrl, which is also what pinching on a touch pad sends, the page scrolls, as it does everywhere.
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    stage.zoom(Math.exp(-event.deltaY / (event.deltaMode === 0 ? 160 : 8)), placeOf(event))
  }

  function onDoubleClick(event: MouseEvent): void {
    const task = stage.taskAt(placeOf(event), 6)
    if (task === null) stage.zoom(2, placeOf(event))
    else fold(task)
  }

  const stop = new AbortController()
  const { signal } = stop
  frame.addEventListener('pointerdown', onDown, { signal })
  frame.addEventListener('pointermove', onMove, { signal })
  frame.addEventListener('pointerup', onUp, { signal })
  frame.addEventListener('pointercancel', onUp, { signal })
  frame.addEventListener('pointerleave', () => selection.hover(null), { signal })
  frame.addEventListener('wheel', onWheel, { signal, passive: false })
  frame.addEventListener('dblclick', onDoubleClick, { signal })
  return () => stop.abort()
}

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y)

const middle = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 })
