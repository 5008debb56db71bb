/** Runs one thing at a time, in the order in which they are asked for; one that fails keeps no other. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve()

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => {})
    return result
  }

  /** Resolves when all is done that was asked for by now. */
  async idle(): Promise<void> {
    await this.#last
  }
}

/** The same for each key by itself. */
export class SerialByKey {
  readonly #keys = new Map<string, { readonly serial: Serial; asked: number }>()

  /** How many of a key have been asked for and are not done. */
  sizeOf(key: string): number {
    return this.#keys.get(key)?.asked ?? 0
  }

  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const line = this.#keys.get(key) ?? { serial: new Serial(), asked: 0 }
    this.#keys.set(key, line)
    line.asked++
    try {
      return await line.serial.run(work)
    } finally {
      if (--line.asked === 0) this.#keys.delete(key)
    }
  }
}
