import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import { numberAttribute, textAttribute, type Attributes, type Span } from './span.ts'
import type { TracingSettings } from './settings.ts'
import {
  attemptNumber,
  readTraceparent,
  spanIdOf,
  traceIdOf,
  writeTraceparent,
  type Part,
  type TraceContext,
} from './trace-context.ts'

/** A result on its way into the log. */
export interface TracedResult {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
  readonly agentId: string
  readonly startedAt: number
  readonly finishedAt: number
  readonly operation?: string | undefined
  readonly owned: { readonly graph: { task(index: number): { readonly readyAt: number | null } } } | null
}

/** An attempt that brought no result. */
export interface TracedFailure {
  readonly assignment: Pick<TracedResult, 'expressionId' | 'task' | 'attempt' | 'agentId'> & { readonly since: number }
  readonly outcome: string
  readonly message: string
}

export interface TracerOptions {
  readonly settings: Pick<TracingSettings, 'sampler' | 'tasks'>
  readonly clock: Pick<Clock, 'now'>
  readonly add: (span: Span) => void
  /** Whether an expression as a whole, or a task, is worth telling: asked before anything is made of it. */
  readonly hasRoom: (what: 'expression' | 'task') => boolean
  /** Where contexts of clients are kept, for replicas that take an expression over. */
  readonly contexts: {
    keep(expressionId: string, traceparent: string): void
    find(expressionIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  }
}

/** Expressions whose clients brought a trace along, of which this replica knows so. Some 250 bytes each. */
const maxParents = 50_000

/**
 * Tells what becomes of an expression, as spans of one trace: whoever computes it, however often, and wherever. Ids are made of the expression's
 * own; only where a client has brought its trace along is something kept. See docs/decisions/0046.
 */
export class Tracer {
  readonly #options: TracerOptions
  readonly #parents = new LRUCache<string, TraceContext>({ max: maxParents })

  constructor(options: TracerOptions) {
    this.#options = options
  }

  now(): number {
    return this.#options.clock.now()
  }

  /** The expression belongs to a trace of its client. */
  join(expressionId: string, parent: TraceContext): void {
    this.#parents.set(expressionId, parent)
    this.#options.contexts.keep(expressionId, writeTraceparent(parent))
  }

  /** Expressions came here that others took in. */
  async recall(expressionIds: readonly string[]): Promise<void> {
    const unknown = expressionIds.filter((id) => !this.#parents.has(id))
    if (unknown.length === 0) return
    for (const [id, traceparent] of await this.#options.contexts.find(unknown)) {
      const parent = readTraceparent(traceparent)
      if (parent) this.#parents.set(id, parent)
    }
  }

  /** For the agent that is given a task, by what its ticket tells; null where the task will not be told of. */
  traceparentOf(ticket: string): string | null {
    const [expressionId = '', task, attempt] = ticket.split('.', 3)
    const place = { expressionId, task: Number(task), attempt: Number(attempt) }
    if (!this.#options.hasRoom('task') || !this.#isTraced(place)) return null
    const spanId = spanIdOf(expressionId, 'compute', attemptNumber(place))
    return writeTraceparent({ traceId: this.#traceIdOf(expressionId), spanId, isSampled: true })
  }

  /** Results are being written, until `written`, and told, until `announced`. Undefined where none of them is told of. */
  appending(results: readonly TracedResult[]) {
    if (!this.#options.hasRoom('task')) return undefined
    const places = [...results.keys()].filter((place) => this.#isTraced(results[place] as TracedResult))
    if (places.length === 0) return undefined
    const began = this.now()
    let written = began
    let told: readonly TracedResult[] = []
    return {
      written: (duplicates: { has(place: number): boolean }) => {
        told = places.filter((place) => !duplicates.has(place)).map((place) => results[place] as TracedResult)
        written = this.now()
      },
      announced: () => {
        const announced = this.now()
        const tell = () => {
          for (const result of told) {
            if (!this.#options.hasRoom('task')) return
            this.#tellTask(result, { began, written, announced })
          }
        }
        // Of others' expressions nobody has asked yet.
        const foreign = told.filter(({ owned }) => owned === null).map(({ expressionId }) => expressionId)
        if (foreign.length === 0) tell()
        else void this.recall(foreign).then(tell, tell)
      },
    }
  }

  attemptsFailed(failures: readonly TracedFailure[]): void {
    const end = this.now()
    for (const { assignment, outcome, message: error } of failures) {
      if (!this.#options.hasRoom('task')) return
      if (!this.#isTraced(assignment)) continue
      const { agentId, since: start } = assignment
      const failure = `${textAttribute('reckon.agent.id', agentId)},${textAttribute('reckon.attempt.outcome', outcome)}`
      const attributes = `${attributesOf(assignment)},${failure}`
      const tell = this.#attempt(assignment)
      tell('task', { start, end, attributes, error })
      tell('compute', { start, end, attributes, error })
    }
  }

  /** It is in the database. */
  submitted(
    id: string,
    times: { readonly began: number; readonly planned: number; readonly operations: number },
  ): void {
    if (!this.#options.hasRoom('expression') || !this.#isSampled(id)) return
    const { began, planned, operations } = times
    const traceId = this.#traceIdOf(id)
    const attributes = `${textAttribute('reckon.expression.id', id)},${numberAttribute('reckon.operations', operations)}`
    const submit = { spanId: spanIdOf(id, 'submit'), parentId: spanIdOf(id, 'expression') }
    const plan = { spanId: spanIdOf(id, 'plan'), parentId: submit.spanId }
    const { add } = this.#options
    add({ traceId, ...submit, name: 'submit', kind: 'server', start: began, end: this.now(), attributes })
    add({ traceId, ...plan, name: 'plan', kind: 'internal', start: began, end: planned, attributes })
  }

  /** @param retryEpoch what it was retried by last; 0 where it was not */
  ended(expression: { readonly id: string; readonly retryEpoch: number }, status: string, error?: string): void {
    const { id, retryEpoch } = expression
    if (!this.#options.hasRoom('expression') || !this.#isSampled(id)) return
    const whole = {
      spanId: spanIdOf(id, 'expression'),
      parentId: this.#parents.get(id)?.spanId ?? null,
      name: 'expression',
    }
    const retry = { spanId: spanIdOf(id, 'retry', retryEpoch), parentId: whole.spanId, name: 'retried expression' }
    this.#options.add({
      ...{ traceId: this.#traceIdOf(id), ...(retryEpoch > 0 ? retry : whole) },
      ...{ kind: 'internal', start: submittedAt(id), end: this.now() },
      attributes: `${textAttribute('reckon.expression.id', id)},${textAttribute('reckon.expression.status', status)}`,
      ...(error !== undefined && { error }),
    })
  }

  #tellTask(result: TracedResult, times: { began: number; written: number; announced: number }): void {
    const { agentId, task, startedAt, finishedAt, owned } = result
    const { began, written, announced } = times
    const readyAt = owned?.graph.task(task).readyAt ?? startedAt
    const attributes = attributesOf(result)
    const tell = this.#attempt(result)
    tell('task', { start: readyAt, end: announced, attributes })
    tell('place', { start: readyAt, end: startedAt, attributes })
    const ofAgent = `${attributes},${textAttribute('reckon.agent.id', agentId)}`
    tell('compute', { start: startedAt, end: finishedAt, attributes: ofAgent })
    tell('append', { start: began, end: written, attributes })
    tell('announce', { start: written, end: announced, attributes })
  }

  /** @returns what tells a part of it */
  #attempt(of: Pick<TracedResult, 'expressionId' | 'task' | 'attempt'>) {
    const { expressionId } = of
    const { add } = this.#options
    const traceId = this.#traceIdOf(expressionId)
    const number = attemptNumber(of)
    const whole = spanIdOf(expressionId, 'task', number)
    const expression = spanIdOf(expressionId, 'expression')
    return (name: Part, span: Pick<Span, 'start' | 'end' | 'attributes' | 'error'>) => {
      const spanId = name === 'task' ? whole : spanIdOf(expressionId, name, number)
      const parentId = name === 'task' ? expression : whole
      add({ ...span, traceId, spanId, parentId, name, kind: name === 'compute' ? 'client' : 'internal' })
    }
  }

  #isTraced({ expressionId, task }: { readonly expressionId: string; readonly task: number }): boolean {
    return task < this.#options.settings.tasks && this.#isSampled(expressionId)
  }

  #isSampled(expressionId: string): boolean {
    const parent = this.#parents.get(expressionId) ?? null
    return this.#options.settings.sampler(parent?.traceId ?? expressionId, parent)
  }

  #traceIdOf(expressionId: string): string {
    return this.#parents.get(expressionId)?.traceId ?? traceIdOf(expressionId)
  }
}

/** A UUID of version 7 begins with the milliseconds since the Unix epoch. */
const submittedAt = (expressionId: string): number => Number.parseInt(traceIdOf(expressionId).slice(0, 12), 16)

const attributesOf = ({ task, attempt, operation }: Pick<TracedResult, 'task' | 'attempt' | 'operation'>): Attributes =>
  `${numberAttribute('reckon.task', task)},${numberAttribute('reckon.attempt', attempt)}` +
  (operation === undefined ? '' : `,${textAttribute('reckon.operation', operation)}`)
