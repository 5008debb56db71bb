import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { usualBounds, type Bounds, type Facts, type Probe, type Size } from '../probe.ts'
import { judge, type Measured, type Verdict } from './judge.ts'
import { register, withoutDurations, type Person } from './people.ts'
import { forgetPeak, memoryOf, processTimeOf, threadTimeOf } from './processor-time.ts'
import { RealServer } from './server.ts'
import { Stage } from './stage.ts'
import { longestStretch } from './stretches.ts'
import { Witness } from './witness.ts'

const usualLimitMs = 60_000
/** How long those may go on waiting whom a probe has delayed. */
const patienceMs = 15_000

/** A server with somebody on it who must not notice the probes. */
export class Arena {
  readonly server: RealServer
  readonly #admin: Person
  readonly #witness: Witness
  #turn = 0

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<Arena> {
    const server = await RealServer.start(environment)
    const admin = await register(server, 'admin@example.com', '10.255.0.1')
    await withoutDurations(admin)
    const neighbour = await register(server, 'neighbour@example.com', '10.255.0.2')
    const witness = await Witness.start(server, neighbour.token, neighbour.address)
    // What a server does for the first time takes longer than ever after.
    await delay(1_500)
    return new Arena(server, admin, witness)
  }

  private constructor(server: RealServer, admin: Person, witness: Witness) {
    this.server = server
    this.#admin = admin
    this.#witness = witness
  }

  /** Ends everything. Whether the server stopped when it was asked to. */
  async close(): Promise<boolean> {
    this.#witness.end()
    return this.server.remove()
  }

  /** Runs a probe, and holds what it did against what it may do. */
  async run(probe: Probe, size: Size): Promise<Verdict> {
    const { server } = this
    const limit = new AbortController()
    // One a request.
    setMaxListeners(0, limit.signal)
    const stage = new Stage({ server, admin: this.#admin, size, signal: limit.signal, turn: (this.#turn += 1) })
    this.#witness.begin()
    server.newLogLines()
    forgetPeak(server.pid)
    const before = this.#figures()
    const waits = this.#waits()
    const outcome = await Promise.race([
      drive(probe, stage),
      expiry(probe.limitMs ?? usualLimitMs, limit.signal),
      this.#death(limit.signal),
    ])
    const testimony = await this.#witness.testify(patienceMs)
    limit.abort()
    const after = this.#figures()
    const measured: Measured = {
      ...testimony,
      processorMs: after.ranMs - before.ranMs,
      allThreadsMs: after.allMs - before.allMs,
      stretchMs: longestStretch(server.stretches, before.at),
      memoryMiB: after.peakMiB - before.residentMiB,
      logKiB: (after.logBytes - before.logBytes) / 1024,
      lines: server.newLogLines(),
      isAlive: server.isAlive,
      waitedMs: Math.max(...this.#waits().map((now, place) => now - (waits[place] ?? 0))),
    }
    await stage.end()
    return judge(probe, boundsOf(probe, size), measured, outcome)
  }

  #figures() {
    const { pid, logBytes } = this.server
    return {
      at: Date.now(),
      ...threadTimeOf(pid),
      allMs: processTimeOf(pid),
      ...memoryOf(pid),
      logBytes,
    }
  }

  /** How long the server and the agents have waited for a processor. */
  #waits(): number[] {
    return [this.server.pid, ...this.server.agentPids].map((pid) => threadTimeOf(pid).waitedMs)
  }

  /** Resolves where the server ends while it is probed. */
  async #death(over: AbortSignal): Promise<string> {
    while (this.server.isAlive && !over.aborted) await delay(200)
    return 'the server has ended'
  }
}

async function drive(probe: Probe, stage: Stage): Promise<Facts | string> {
  try {
    return await probe.drive(stage)
  } catch (error) {
    return `could not be driven: ${error instanceof Error ? error.message : String(error)}`
  }
}

async function expiry(limitMs: number, over: AbortSignal): Promise<string> {
  await delay(limitMs, undefined, { signal: over, ref: false }).catch(() => {})
  return `not over after ${limitMs / 1000} s`
}

/** Beside other tests, on cores and caches that others share, the same work takes up to three times the processor. */
const quickSlack = 3

function boundsOf(probe: Probe, size: Size): Bounds {
  const bounds = { ...usualBounds, ...probe.bounds }
  if (size === 'whole') return bounds
  const { processorMs, stretchMs, neighbourMs, memoryMiB } = bounds
  return {
    ...bounds,
    processorMs: quickSlack * processorMs,
    stretchMs: quickSlack * stretchMs,
    neighbourMs: quickSlack * neighbourMs,
    memoryMiB: 2 * memoryMiB,
  }
}
