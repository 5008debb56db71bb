import { randomUUID } from 'node:crypto'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { childrenOf, threadTimeOf } from './processor-time.ts'
import { RawSocket, type SocketMessage } from './socket.ts'
import type { Testimony, WitnessOrder } from './witness.ts'

const pauseMs = 250

const submission = `mutation ($requestId: String!, $source: String!) {
  submitExpression(input: { source: $source, requestId: $requestId }) { ... on Expression { id } ... on Error { code } }
}`
const news = 'subscription { expressionsChanged { id requestId status result { fraction } } }'

/** By process, how long it has waited for a processor. */
type Waits = ReadonlyMap<number, number>

interface Ended {
  readonly requestId: string
  readonly status: string
  readonly result: { readonly fraction: string } | null
}

/** A user who has `1+1` computed again and again, and watches it on a page. */
export class NeighbourWatch {
  #delaysMs: number[] = []
  #wallMs: number[] = []
  #failures: string[] = []
  #rounds = 0
  #waiting: { readonly since: number; readonly waited: Waits } | null = null
  #socket: RawSocket | null = null
  #ended: (ended: Ended) => void = () => {}
  readonly #order: WitnessOrder

  static async start(order: WitnessOrder): Promise<NeighbourWatch> {
    const watch = new NeighbourWatch(order)
    await watch.#connect()
    void watch.#watch()
    return watch
  }

  private constructor(order: WitnessOrder) {
    this.#order = order
  }

  begin(): void {
    this.#delaysMs = []
    this.#wallMs = []
    this.#failures = []
  }

  async settled(): Promise<void> {
    const wanted = this.#rounds + 2
    while (this.#rounds < wanted) await delay(pauseMs)
  }

  testimony(): Pick<Testimony, 'neighbourMs' | 'neighbourWallMs' | 'neighbours' | 'failures'> {
    if (this.#waiting !== null) this.#note(this.#waiting.since, this.#waiting.waited)
    return {
      neighbourMs: Math.max(0, ...this.#delaysMs),
      neighbourWallMs: Math.max(0, ...this.#wallMs),
      neighbours: this.#delaysMs.length,
      failures: [...new Set(this.#failures)],
    }
  }

  async #connect(): Promise<void> {
    this.#socket = await RawSocket.open(this.#order, this.#order)
    this.#socket?.subscribe({ query: news }, ({ payload }) => {
      const { data } = (payload ?? {}) as { data?: { expressionsChanged: Ended[] } }
      for (const expression of data?.expressionsChanged ?? [])
        if (['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(expression.status)) this.#ended(expression)
    })
  }

  async #watch(): Promise<never> {
    for (;;) {
      if (this.#socket?.isOpen !== true) await this.#connect()
      await this.#compute()
      this.#rounds += 1
      await delay(pauseMs)
    }
  }

  async #compute(): Promise<void> {
    const socket = this.#socket
    if (socket === null) return void this.#failures.push('no socket')
    // What is computed already is not computed again by being asked for: each is its own.
    const [requestId, source, expected] =
      this.#rounds % 2 === 0 ? [randomUUID(), '1+1', '2'] : [randomUUID(), '2*0', '0']
    const since = performance.now()
    const waited = this.#waits()
    this.#waiting = { since, waited }
    const ended = new Promise<Ended>((resolve) => {
      this.#ended = (expression) => expression.requestId === requestId && resolve(expression)
    })
    const answer = await socket.answer({ query: submission, variables: { requestId, source } })
    const outcome = refusalOf(answer)
    if (outcome === null) {
      const end = await Promise.race([ended, socket.end().then(() => null)])
      if (end === null) this.#failures.push(`socket closed with ${socket.closed?.code}`)
      else if (end.result?.fraction !== expected) this.#failures.push(`${source} ${end.status}`)
    } else this.#failures.push(outcome)
    this.#waiting = null
    this.#note(since, waited)
  }

  #note(since: number, waited: Waits): void {
    const wall = performance.now() - since
    const waits = [...this.#waits()].map(([pid, now]) => now - (waited.get(pid) ?? 0))
    this.#wallMs.push(wall)
    // The longest wait of one of them for a processor is the least that the machine has cost.
    this.#delaysMs.push(Math.max(0, wall - Math.max(...waits)))
  }

  /** Of all through whom `1+1` goes, one after the other, and of who reads the end of it. */
  #waits(): Waits {
    const { serverPid, agentPids, postmasterPid } = this.#order
    const pids = [serverPid, ...agentPids, ...childrenOf(postmasterPid), process.pid]
    return new Map(pids.map((pid) => [pid, threadTimeOf(pid).waitedMs]))
  }
}

function refusalOf(answer: SocketMessage | null): string | null {
  if (answer === null) return 'socket closed'
  const { payload } = answer as {
    payload?: { data?: { submitExpression?: { code?: string } } | null; errors?: { extensions?: { code?: string } }[] }
  }
  const code = payload?.data?.submitExpression?.code ?? payload?.errors?.[0]?.extensions?.code
  if (code !== undefined) return code
  return answer.type === 'error' || payload?.data == null ? 'error' : null
}
