import type { RecentWork, Run } from '../../realtime/live-state.ts'

/** A run takes some 150 bytes. */
const maxRuns = 10_000
/** Nobody could see more of them pass by. */
const maxPerSecond = 50

/** What agents did lately, of many only some: so much memory and no more, however much is computed. */
export class WorkLog implements RecentWork {
  /** Oldest first. */
  #runs: Run[] = []
  #sequence = 0
  #second = 0
  #kept = 0
  #skipped = 0

  /** Whether one more is to be noted; else it is counted alone. */
  hasRoom(now: number): boolean {
    const second = Math.floor(now / 1_000)
    if (second !== this.#second) {
      this.#second = second
      this.#kept = 0
    }
    if (++this.#kept <= maxPerSecond) return true
    this.#skipped++
    return false
  }

  note(run: Omit<Run, 'sequence'>): void {
    this.#runs.push({ ...run, sequence: ++this.#sequence })
    // Half at a time, so that it costs nothing for each.
    if (this.#runs.length > 2 * maxRuns) this.#runs = this.#runs.slice(-maxRuns)
  }

  get sequence(): number {
    return this.#sequence
  }

  get skipped(): number {
    return this.#skipped
  }

  after(sequence: number, most: number): readonly Run[] {
    const count = Math.min(this.#sequence - sequence, this.#runs.length, most)
    return count > 0 ? this.#runs.slice(-count) : []
  }
}
