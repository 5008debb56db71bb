/** Stripes over a bar, which tell it apart without its colour too. */
export function hatch(
  context: CanvasRenderingContext2D,
  color: string,
  {
    x,
    top,
    width,
    height,
  }: { readonly x: number; readonly top: number; readonly width: number; readonly height: number },
): void {
  if (width < 4) return
  context.save()
  context.beginPath()
  context.rect(x, top, width, height)
  context.clip()
  context.strokeStyle = color
  context.lineWidth = 1.5
  context.beginPath()
  for (let at = x - height; at < x + width; at += 5) {
    context.moveTo(at, top + height)
    context.lineTo(at + height, top)
  }
  context.stroke()
  context.restore()
}
