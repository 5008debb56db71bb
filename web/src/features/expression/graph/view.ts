/** How a layout lies on the screen, each direction by itself: a wide tree is drawn narrow, and widens as one comes closer. */
export interface View {
  readonly scaleX: number
  readonly scaleY: number
  readonly left: number
  readonly top: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** What there is to see, in units of the layout. */
export interface Extent {
  readonly left: number
  readonly right: number
  readonly bottom: number
}

/** Pixels left free round what is shown. */
export const margin = 28
const largestScale = 1.6

/** All of it, in the middle; no larger than its full size. */
export function fit(extent: Extent, { width, height }: Size): View {
  const scaleX = Math.min(1, (width - 2 * margin) / (extent.right - extent.left))
  const scaleY = Math.min(1, (height - 2 * margin) / Math.max(1, extent.bottom))
  return {
    scaleX,
    scaleY,
    left: width / 2 - ((extent.left + extent.right) / 2) * scaleX,
    top: scaleY < 1 ? margin : (height - extent.bottom) / 2,
  }
}

/** Closer by a factor, or farther; what stands at a place of the screen stays there. */
export function zoom(view: View, factor: number, at: { x: number; y: number }, whole: View): View {
  const scaleX = clamp(view.scaleX * factor, whole.scaleX, largestScale)
  const scaleY = clamp(view.scaleY * factor, whole.scaleY, largestScale)
  return {
    scaleX,
    scaleY,
    left: at.x - ((at.x - view.left) / view.scaleX) * scaleX,
    top: at.y - ((at.y - view.top) / view.scaleY) * scaleY,
  }
}

export const pan = (view: View, x: number, y: number): View => ({ ...view, left: view.left + x, top: view.top + y })

/** The view with some of the graph in its middle. */
export function keepInSight(view: View, extent: Extent, { width, height }: Size): View {
  return {
    ...view,
    left: clamp(view.left, width / 2 - extent.right * view.scaleX, width / 2 - extent.left * view.scaleX),
    top: clamp(view.top, height / 2 - extent.bottom * view.scaleY, height / 2),
  }
}

/** The view in which a place of the layout is in sight, moved no more than that takes. */
export function show(view: View, place: { x: number; y: number }, { width, height }: Size): View {
  const border = Math.min(60, width / 4, height / 4)
  const x = place.x * view.scaleX + view.left
  const y = place.y * view.scaleY + view.top
  return pan(view, clamp(x, border, width - border) - x, clamp(y, border, height - border) - y)
}

export const isWhole = (view: View, whole: View): boolean =>
  view.scaleX <= whole.scaleX * 1.001 && view.scaleY <= whole.scaleY * 1.001

export const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))
