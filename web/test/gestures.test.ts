import { describe, expect, it, vi } from 'vitest'
import { handlePointers } from '../src/features/agents/work/gestures.ts'
import { watchGestures } from '../src/features/expression/graph/gestures.ts'
import type { Stage } from '../src/features/expression/graph/stage.ts'
import { createSelection } from '../src/features/expression/selection.ts'
import { handleGestures } from '../src/features/expression/timeline/gestures.ts'
import type { TimelineView } from '../src/features/expression/timeline/timeline-view.ts'

/** What pointers are moved over. */
const surface = () =>
  Object.assign(new EventTarget(), {
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    setPointerCapture: () => {},
    ...{ clientLeft: 0, clientTop: 0, clientWidth: 100 },
  })

const pointer = (type: string, at: number, { button = 0, buttons = 1 } = {}) =>
  Object.assign(new Event(type), {
    ...{ pointerId: 1, pointerType: 'mouse', button, buttons },
    ...{ clientX: at, clientY: at },
  })

function press(target: EventTarget, button: number): void {
  target.dispatchEvent(pointer('pointerdown', 50, { button }))
  target.dispatchEvent(pointer('pointerup', 50, { button, buttons: 0 }))
}

describe('a pointer over the graph', () => {
  function graph() {
    const frame = surface()
    const selection = createSelection()
    const stage = { taskAt: () => 7, pan: vi.fn(), zoom: vi.fn() }
    watchGestures(frame as unknown as HTMLElement, stage as unknown as Stage, selection, () => {})
    return { frame, selection, stage }
  }

  it('drags it until it is let go of, and selects by a press', () => {
    const { frame, selection, stage } = graph()
    frame.dispatchEvent(pointer('pointerdown', 50))
    frame.dispatchEvent(pointer('pointermove', 60))
    frame.dispatchEvent(pointer('pointerup', 60, { buttons: 0 }))
    expect(stage.pan).toHaveBeenCalledExactlyOnceWith(10, 10)
    expect(selection.get().selected).toBeNull()
    press(frame, 0)
    expect(selection.get().selected).toBe(7)
  })

  it('does not drag it once it was let go of outside, of which nothing was told', () => {
    const { frame, selection, stage } = graph()
    frame.dispatchEvent(pointer('pointerdown', 98))
    frame.dispatchEvent(pointer('pointermove', 70, { buttons: 0 }))
    frame.dispatchEvent(pointer('pointermove', 40, { buttons: 0 }))
    expect(stage.pan).not.toHaveBeenCalled()
    expect(selection.get()).toEqual({ selected: null, hovered: 7 })
    press(frame, 0)
    expect(selection.get().selected).toBe(7)
  })
})

describe('a press on lanes', () => {
  it('opens what is worked on, by the first button alone', () => {
    const canvas = surface()
    const onPick = vi.fn()
    handlePointers(canvas as unknown as HTMLCanvasElement, { onHover: () => {}, onPan: () => {}, onPick })
    press(canvas, 1)
    press(canvas, 2)
    expect(onPick).not.toHaveBeenCalled()
    press(canvas, 0)
    expect(onPick).toHaveBeenCalledExactlyOnceWith(50, 50)
  })

  it('selects a bar of the timeline, by the first button alone', () => {
    const canvas = surface()
    const onPick = vi.fn()
    const view = { measures: { axisHeight: 20 }, barAt: () => ({ task: 3 }) }
    const handlers = { onHover: () => {}, onSeek: () => {}, onPick }
    handleGestures(canvas as unknown as HTMLCanvasElement, view as unknown as TimelineView, handlers)
    press(canvas, 1)
    press(canvas, 2)
    expect(onPick).not.toHaveBeenCalled()
    press(canvas, 0)
    expect(onPick).toHaveBeenCalledExactlyOnceWith({ task: 3 })
  })
})
