/** An argument for Node under which a program takes the time of day for another. What measures how long something takes stays right. */
export function shiftedClock(aheadMs: number): string {
  const module = `
    const Real = Date
    globalThis.Date = class Date extends Real {
      constructor(...parts) {
        if (parts.length > 0) super(...parts)
        else super(Date.now())
      }
      static now() {
        return Real.now() + (${aheadMs})
      }
    }`
  return `--import=data:text/javascript,${encodeURIComponent(module)}`
}
