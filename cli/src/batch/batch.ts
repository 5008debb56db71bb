import { setImmediate } from 'node:timers/promises'
import type { Context } from '../commands/context.ts'
import { sleep } from '../clock.ts'
import type { Answer } from '../connection/api.ts'
import { batchChanged, batchDeleted, submitExpressions, type BatchView } from './documents.ts'
import type { BadLine, Entry } from './entry.ts'
import { recordOf, refusalOf, type BatchRecord } from './record.ts'
import type { BatchWriter } from './writer.ts'

/** Of the server, for one request. */
const mostExpressions = 100
const mostCharacters = 100_000

export interface BatchOptions {
  readonly digits: number
  /** Lines that are read and not written yet: what bounds the memory that a batch takes. */
  readonly inFlight: number
  readonly isOneFile: boolean
}

export type BatchEnd = { readonly kind: 'written' } | Exclude<Answer<never>, { kind: 'data' }>

interface Open {
  readonly entry: Entry
  readonly place: number
}

const hasEnded = ({ status }: BatchView): boolean => status !== 'QUEUED' && status !== 'RUNNING'

/**
 * Submits lines a hundred at a time and takes their ends from one subscription. What happened while that was away is learned by submitting again what
 * is open: by its request id each comes to what it was before. See docs/decisions/0034.
 */
export class Batch {
  /** Lines that were read. */
  read = 0
  readonly #context: Context
  readonly #options: BatchOptions
  readonly #writer: BatchWriter
  readonly #open = new Map<string, Open[]>()
  readonly #byId = new Map<string, string>()
  /** Ends that came before the answer which tells whose they are, by request id: another program may have taken that for something else. */
  readonly #early = new Map<string, BatchView>()
  #submitting: Promise<void> = Promise.resolve()
  readonly #stopping = new AbortController()
  #queue: Open[] = []
  #unwritten = 0
  #isRead = false
  #end: BatchEnd | undefined
  #wake: () => void = () => {}

  constructor(context: Context, writer: BatchWriter, options: BatchOptions) {
    this.#context = context
    this.#writer = writer
    this.#options = options
  }

  /** Ids of what was submitted and has not ended. */
  get unfinished(): string[] {
    return [...this.#byId.keys()]
  }

  get isOver(): boolean {
    return this.#end !== undefined || (this.#isRead && this.#unwritten === 0)
  }

  async run(lines: AsyncIterable<Entry | BadLine>): Promise<BatchEnd> {
    const stopped = new Promise<void>((resolve) => this.#stopping.signal.addEventListener('abort', () => resolve()))
    await Promise.race([this.#watch(), stopped])
    void this.#takeIn(lines)
    while (!this.isOver) {
      if (this.#queue.length > 0) await Promise.race([(this.#submitting = this.#submit()), stopped])
      else await this.#changed()
      // Lines that are there already come along with the next request.
      await setImmediate()
    }
    return this.#end ?? { kind: 'written' }
  }

  /** At once, whatever is waited for. */
  stop(end: BatchEnd): void {
    this.#end ??= end
    this.#wake()
    this.#notifyRoom()
    this.#stopping.abort()
  }

  /** Resolves when it is known what came of the request under way, or after so long. */
  async settle(limitMs: number): Promise<void> {
    const patience = new AbortController()
    await Promise.race([this.#submitting, sleep(this.#context.world.clock, limitMs, patience.signal)])
    patience.abort()
  }

  /** Resolves when something has happened. */
  readonly #changed = () => new Promise<void>((resolve) => (this.#wake = resolve))

  async #takeIn(lines: AsyncIterable<Entry | BadLine>): Promise<void> {
    try {
      for await (const line of lines) {
        if (this.isOver) return
        const place = this.read
        this.read += 1
        this.#unwritten += 1
        if (line.kind === 'bad') this.#write(place, refusalOf(line, line, this.#options.isOneFile))
        else this.#add({ entry: line, place })
        while (this.#unwritten >= this.#options.inFlight && !this.isOver) await this.#roomier()
        await this.#writer.drained()
      }
      this.#isRead = true
      this.#wake()
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.stop({ kind: 'refused', code: 'UNREADABLE', message })
    }
  }

  #notifyRoom: () => void = () => {}
  readonly #roomier = () => new Promise<void>((resolve) => (this.#notifyRoom = resolve))

  #add(open: Open): void {
    const { requestId, source, regroup } = open.entry
    const same = this.#open.get(requestId) ?? []
    const other = same.find(({ entry }) => entry.source !== source || entry.regroup !== regroup)
    if (other) {
      const message = `Line ${other.entry.line} asks for something else under the same requestId.`
      const trouble = { code: 'REQUEST_ID_CONFLICT', message }
      return this.#write(open.place, refusalOf(open.entry, trouble, this.#options.isOneFile))
    }
    this.#open.set(requestId, [...same, open])
    this.#queue.push(open)
    this.#wake()
  }

  /** Resolves with the first picture: what changes from then on is told. */
  #watch(): Promise<void> {
    return new Promise((resolve) => {
      let wasLost = false
      const live = this.#context.openLive(({ kind }) => (wasLost ||= kind === 'lost'))
      const end = (why: { readonly kind: string }) => {
        if (why.kind !== 'completed') this.stop(why as BatchEnd)
        resolve()
      }
      live.subscribe(
        batchChanged,
        { digits: this.#options.digits },
        {
          next: ({ expressionsChanged }) => {
            for (const view of expressionsChanged) this.#see(view)
            if (wasLost) this.#askAgain()
            wasLost = false
            resolve()
          },
          end,
        },
      )
      live.subscribe(
        batchDeleted,
        {},
        { next: ({ expressionsDeleted }) => expressionsDeleted.forEach((id) => this.#deleted(id)), end },
      )
    })
  }

  #askAgain(): void {
    const queued = new Set(this.#queue)
    for (const opens of this.#open.values()) this.#queue.push(...opens.filter((open) => !queued.has(open)))
    this.#wake()
  }

  async #submit(): Promise<void> {
    const batch = this.#nextRequest()
    if (batch.length === 0) return
    const { api, world } = this.#context
    const expressions = batch.map(({ entry: { source, requestId, regroup } }) => ({ source, requestId, regroup }))
    const answer = await api.ask(submitExpressions, { expressions, digits: this.#options.digits })
    if (answer.kind !== 'data') return this.stop(answer)
    const { submitExpressions: outcome } = answer.data
    if (outcome.__typename !== 'SubmitExpressionsPayload') return this.stop({ ...outcome, kind: 'refused' })
    let waitSeconds = 0
    for (const [index, item] of outcome.outcomes.entries()) {
      const open = batch[index]
      if (!open) continue
      if (item.__typename === 'Expression') this.#answered(item)
      else if (item.__typename === 'RateLimitedError') {
        waitSeconds = Math.max(waitSeconds, item.retryAfterSeconds)
        this.#queue.push(open)
      } else if (item.__typename === 'ForbiddenError' || item.__typename === 'UnauthenticatedError')
        return this.stop({ ...item, kind: 'refused' })
      else this.#finish(open.entry.requestId, (each) => refusalOf(each.entry, item, this.#options.isOneFile))
    }
    if (waitSeconds > 0) await sleep(world.clock, waitSeconds * 1000, this.#stopping.signal)
  }

  /** As many as one request may bring. Those that have ended meanwhile need none. */
  #nextRequest(): Open[] {
    let characters = 0
    const batch: Open[] = []
    for (const open of this.#queue) {
      characters += open.entry.source.length
      if (batch.length === mostExpressions || (characters > mostCharacters && batch.length > 0)) break
      batch.push(open)
    }
    this.#queue = this.#queue.slice(batch.length)
    return batch.filter(({ entry }) => this.#open.has(entry.requestId))
  }

  /** By an event. */
  #see(view: BatchView): void {
    if (!this.#open.has(view.requestId) || !hasEnded(view)) return
    if (this.#byId.has(view.id)) this.#endAs(view)
    else this.#early.set(view.requestId, view)
  }

  #answered(view: BatchView): void {
    const early = this.#early.get(view.requestId)
    const latest = early?.id === view.id ? early : view
    if (hasEnded(latest)) this.#endAs(latest)
    else if (this.#open.has(view.requestId)) this.#byId.set(view.id, view.requestId)
  }

  #endAs(view: BatchView): void {
    this.#finish(view.requestId, ({ entry }) => recordOf(entry, view, this.#options.isOneFile))
    this.#byId.delete(view.id)
  }

  #deleted(id: string): void {
    const requestId = this.#byId.get(id)
    if (requestId === undefined) return
    this.#byId.delete(id)
    const trouble = { code: 'DELETED', message: 'It was deleted before it ended.' }
    this.#finish(requestId, ({ entry }) => refusalOf(entry, trouble, this.#options.isOneFile, 'DELETED'))
  }

  #finish(requestId: string, record: (open: Open) => BatchRecord): void {
    const opens = this.#open.get(requestId) ?? []
    this.#open.delete(requestId)
    this.#early.delete(requestId)
    for (const open of opens) this.#write(open.place, record(open))
  }

  #write(place: number, record: BatchRecord): void {
    this.#unwritten -= this.#writer.put(place, record)
    this.#notifyRoom()
    this.#wake()
  }
}
