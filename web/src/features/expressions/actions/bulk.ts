import type { Client, CombinedError } from '@urql/core'
import type { FilterVariable } from '../filter/list-filter.ts'
import { bulkMutations, UndeleteMutation, type BulkVerb } from './bulk-documents.ts'

/** What one call takes. */
const idsOfCall = 500
/** A server that is asked too much says when to come back; so often in a row it is believed. */
const patience = 5

/** Some by their ids, as they come, or all that a filter leaves. */
export type BulkTarget =
  | { readonly kind: 'ids'; readonly ids: AsyncIterable<string> | Iterable<string> }
  | { readonly kind: 'filter'; readonly filter: FilterVariable | null }

export interface BulkOutcome {
  readonly done: readonly string[]
  readonly refused: readonly { readonly id: string; readonly code: string; readonly message: string }[]
  /** Why it went no further; the rest is as it was. Null where it came to its end, or was stopped. */
  readonly problem: string | null
}

export interface Course {
  readonly signal: AbortSignal
  readonly onProgress: (done: number) => void
}

/** `null` is no answer. */
type Answer =
  | {
      readonly __typename: 'BulkPayload'
      readonly done: string[]
      readonly refused: BulkOutcome['refused'][number][]
      readonly endCursor: string | null
    }
  | { readonly __typename: string; readonly message: string; readonly retryAfterSeconds?: number }
  | null

/** Does something to many expressions, call by call, until all is done, it is stopped, or the server refuses. */
export async function changeMany(
  client: Client,
  verb: BulkVerb | 'undelete',
  target: BulkTarget,
  course: Course,
): Promise<BulkOutcome> {
  const sum = new Sum(course)
  if (target.kind === 'ids') {
    for await (const ids of chunked(target.ids)) {
      const ask = (): Promise<Answer> =>
        verb === 'undelete'
          ? answerOf(client.mutation(UndeleteMutation, { input: { ids } }))
          : answerOf(client.mutation(bulkMutations[verb], { input: { select: { ids } } }))
      if (!(await sum.add(ask))) break
    }
    return sum.outcome
  }
  if (verb === 'undelete') throw new Error('what is deleted is found by no filter')
  let after: string | null = null
  do {
    const input = { select: { filter: target.filter ?? {} }, after }
    const answer = await sum.add(() => answerOf(client.mutation(bulkMutations[verb], { input })))
    after = answer?.endCursor ?? null
  } while (after !== null)
  return sum.outcome
}

async function answerOf(asked: {
  toPromise: () => Promise<{ data?: { outcome: Answer } | undefined; error?: CombinedError | undefined }>
}): Promise<Answer> {
  const { data, error } = await asked.toPromise()
  const refusal = error?.graphQLErrors[0]
  return data?.outcome ?? (refusal ? { __typename: 'Refusal', message: refusal.message } : null)
}

/** What all calls have done together. */
class Sum {
  readonly #course: Course
  readonly #done: string[] = []
  readonly #refused: BulkOutcome['refused'][number][] = []
  #problem: string | null = null

  constructor(course: Course) {
    this.#course = course
  }

  get outcome(): BulkOutcome {
    return { done: this.#done, refused: this.#refused, problem: this.#problem }
  }

  /** @returns null where that was the last call */
  async add(ask: () => Promise<Answer>): Promise<{ readonly endCursor: string | null } | null> {
    for (let tries = 0; !this.#course.signal.aborted; tries += 1) {
      const answer = await ask()
      if (answer !== null && 'done' in answer) {
        for (const id of answer.done) this.#done.push(id)
        this.#refused.push(...answer.refused)
        this.#course.onProgress(this.#done.length)
        return answer
      }
      if (answer?.retryAfterSeconds === undefined || tries === patience) {
        this.#problem = answer?.message ?? ''
        return null
      }
      await delay(answer.retryAfterSeconds * 1_000, this.#course.signal)
    }
    return null
  }
}

const delay = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

export async function* chunked(
  ids: AsyncIterable<string> | Iterable<string>,
  size = idsOfCall,
): AsyncGenerator<string[]> {
  let chunk: string[] = []
  for await (const id of ids) {
    chunk.push(id)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
