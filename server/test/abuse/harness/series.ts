import type { Probe, Size } from '../probe.ts'
import { Arena } from './arena.ts'
import type { Verdict } from './judge.ts'

/** Runs probes one after the other, on one server for as long as it bears them, or each on a server of its own. */
export class Series {
  #arena: Arena | null = null
  readonly #size: Size

  constructor(size: Size) {
    this.#size = size
  }

  async run(probe: Probe): Promise<Verdict> {
    const isOwn = this.#size === 'whole' || probe.environment !== undefined
    if (isOwn) await this.#close()
    this.#arena ??= await Arena.open(probe.environment)
    const verdict = await this.#arena.run(probe, this.#size)
    if (!isOwn && verdict.faults.length === 0) return verdict
    // What a probe has broken must not be held against the next.
    return (await this.#close()) ? verdict : withFault(verdict, 'SIGTERM did not stop the server')
  }

  /** Whether the last server stopped when it was asked to. */
  end(): Promise<boolean> {
    return this.#close()
  }

  async #close(): Promise<boolean> {
    const arena = this.#arena
    this.#arena = null
    return arena === null || (await arena.close())
  }
}

const withFault = (verdict: Verdict, fault: string): Verdict => ({ ...verdict, faults: [...verdict.faults, fault] })
