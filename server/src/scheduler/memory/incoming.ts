/**
 * Expressions that are on their way into memory: being inserted as this replica's, or being loaded. They count as owned where room is
 * asked for, and one that is cancelled meanwhile is not begun.
 */
export class Incoming {
  private readonly cancelled = new Map<string, boolean>()

  get size(): number {
    return this.cancelled.size
  }

  ids(): string[] {
    return [...this.cancelled.keys()]
  }

  add(id: string): void {
    this.cancelled.set(id, false)
  }

  delete(id: string): void {
    this.cancelled.delete(id)
  }

  cancel(id: string): void {
    if (this.cancelled.has(id)) this.cancelled.set(id, true)
  }

  isCancelled(id: string): boolean {
    return this.cancelled.get(id) === true
  }
}
