/** Over how many samples, one a second, it is told how busy an agent is. */
const busySamples = 60
/** And over how many, how much it does. */
const doneSamples = 10

/**
 * How busy an agent is, and how much it does: looked at once a second, so that giving out and taking in cost nothing more. Of tasks that are
 * shorter than that the samples meet as many as their share of the time.
 */
export class Activity {
  readonly #busy: number[] = []
  readonly #done: number[] = []
  #doneBefore: number | null = null
  #told = ''

  /** @param done how many it has done so far */
  sample(busySlots: number, slots: number, done: number): void {
    push(this.#busy, slots > 0 ? Math.min(1, busySlots / slots) : 0, busySamples)
    push(this.#done, Math.max(0, done - (this.#doneBefore ?? done)), doneSamples)
    this.#doneBefore = done
  }

  /** The share of its slots that was busy over the last minute, in hundredths; null of one that has only just come. */
  get utilisation(): number | null {
    return this.#busy.length === 0 ? null : Math.round((100 * sum(this.#busy)) / this.#busy.length) / 100
  }

  /** Over the last ten seconds. */
  get tasksPerSecond(): number {
    return this.#done.length === 0 ? 0 : sum(this.#done) / this.#done.length
  }

  /** Whether these figures are others than when this was last asked. */
  hasNews(): boolean {
    const now = `${this.utilisation} ${this.tasksPerSecond}`
    const isNew = now !== this.#told
    this.#told = now
    return isNew
  }
}

function push(samples: number[], sample: number, most: number): void {
  samples.push(sample)
  if (samples.length > most) samples.shift()
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
