import type { Client } from '@urql/core'
import { t } from '../../../language/t.ts'
import { createValueStore } from '../../../transport/value-store.ts'
import type { Row } from '../rows/row.ts'
import type { ShownList } from '../rows/useLiveList.ts'
import type { RowSelection } from '../selection/row-selection.ts'
import { changeMany, type BulkOutcome, type BulkTarget } from './bulk.ts'
import type { BulkVerb } from './bulk-documents.ts'
import { allIds, type Scope } from './outcome-pages.ts'
import { overlay } from './overlay.ts'
import { courseOf, sentenceOf, type DoneVerb } from './sentences.ts'

/** What the page says of the last thing that was done. */
export interface ActionNotice {
  readonly tone: 'info' | 'error'
  readonly sentence: string
  readonly undo?: () => void
  /** Ends what is under way. */
  readonly stop?: () => void
  /** An expression that came of it. */
  readonly leadsTo?: string
}

/** In so many one call is enough, and the answer need not be waited for. */
const fewIds = 500

/** What is done to rows, seen at once and taken back with a sentence where the server refuses. */
export class ListActions {
  readonly notice = createValueStore<ActionNotice | null>(null)
  readonly scope: Scope
  readonly #client: Client
  readonly #shown: ShownList

  constructor(client: Client, shown: ShownList, scope: Scope) {
    this.#client = client
    this.#shown = shown
    this.scope = scope
  }

  async change(verb: BulkVerb, selection: RowSelection): Promise<void> {
    const { live } = this.#shown
    const isAll = selection.kind === 'all'
    const ids = isAll ? live.loadedIds().filter((id) => !selection.except.has(id)) : [...selection.ids]
    const rows = ids.flatMap((id) => live.list.row(id) ?? [])
    const takeBack = verb === 'delete' ? this.#hide(ids, rows, isAll) : overlay(live, verb, rows)

    const running = this.#run(verb, this.#targetOf(selection))
    if (!isAll && ids.length <= fewIds) this.#say(verb, { done: ids, refused: [], problem: null }, running)
    const outcome = await running
    if (isAll && verb === 'delete') live.reload()
    else {
      const done = new Set(outcome.done)
      if (verb === 'delete') live.removeDeleted(outcome.done)
      await takeBack(ids.filter((id) => !done.has(id)))
    }
    this.#say(verb, outcome, Promise.resolve(outcome))
  }

  #hide(ids: readonly string[], rows: readonly Row[], isAll: boolean) {
    const { live } = this.#shown
    if (isAll) live.pause()
    live.hide(ids)
    const byId = new Map(rows.map((row) => [row.id, row]))
    return (refused: readonly string[]) =>
      live.show(
        refused,
        refused.flatMap((id) => byId.get(id) ?? []),
      )
  }

  #targetOf(selection: RowSelection): BulkTarget {
    if (selection.kind === 'some') return { kind: 'ids', ids: selection.ids }
    if (selection.except.size > 0) return { kind: 'ids', ids: allIds(this.scope, selection.except) }
    return { kind: 'filter', filter: this.#shown.variable }
  }

  /** Says how far it is while it takes more than one call. */
  async #run(verb: DoneVerb, target: BulkTarget): Promise<BulkOutcome & { readonly isStopped: boolean }> {
    const stopping = new AbortController()
    const onProgress = (done: number) =>
      this.notice.set({ tone: 'info', sentence: courseOf(verb, done), stop: () => stopping.abort() })
    const isLong = target.kind === 'filter' || !(target.ids instanceof Set) || target.ids.size > fewIds
    if (isLong) onProgress(0)
    const outcome = await changeMany(this.#client, verb, target, {
      signal: stopping.signal,
      onProgress: isLong ? onProgress : () => {},
    }).catch(({ message }: Error) => ({ done: [], refused: [], problem: message }))
    return { ...outcome, isStopped: stopping.signal.aborted }
  }

  #say(verb: DoneVerb, outcome: BulkOutcome & { isStopped?: boolean }, running: Promise<BulkOutcome>): void {
    const isRefused = outcome.problem !== null || outcome.refused.length > 0
    this.notice.set({
      tone: isRefused ? 'error' : 'info',
      sentence: sentenceOf(verb, outcome, outcome.isStopped === true),
      ...(verb === 'delete' && outcome.done.length > 0 && { undo: () => void this.#undelete(running) }),
    })
  }

  async #undelete(deleting: Promise<BulkOutcome>): Promise<void> {
    const { live } = this.#shown
    this.notice.set({ tone: 'info', sentence: courseOf('undelete', 0) })
    const { done } = await deleting
    const outcome = await this.#run('undelete', { kind: 'ids', ids: new Set(done) })
    if (outcome.done.length > fewIds) live.reload()
    else await live.show(outcome.done)
    this.#say('undelete', outcome, Promise.resolve(outcome))
  }

  /** An expression was deleted on its own page, and the way back is here. */
  sayDeleted(id: string): void {
    const outcome = { done: [id], refused: [], problem: null }
    this.#shown.live.removeDeleted([id])
    this.#say('delete', outcome, Promise.resolve(outcome))
  }

  say(notice: ActionNotice | null): void {
    this.notice.set(notice)
  }

  refuse(problem: string | null): void {
    this.say({ tone: 'error', sentence: problem ?? t('The server did not answer.') })
  }
}
