import type { Client } from '@urql/core'
import { pipe, subscribe } from 'wonka'
import { ChangesSubscription, DeletionsSubscription } from './list-documents.ts'
import type { Row } from './row.ts'

interface Listener {
  /** The latest of each expression that changed. */
  readonly onChanged: (rows: readonly Row[]) => void
  readonly onDeleted: (ids: readonly string[]) => void
}

/** A tab that is not seen paints no frames. */
const hiddenPaceMs = 500

/** What happens to one's expressions, handed on at most once a frame, however much of it there is. */
export function listenToExpressions(client: Client, { onChanged, onDeleted }: Listener): () => void {
  const changed = new Map<string, Row>()
  let cancel: (() => void) | null = null

  const flush = () => {
    cancel = null
    const rows = [...changed.values()]
    changed.clear()
    onChanged(rows)
  }
  const changes = pipe(
    client.subscription(ChangesSubscription, {}),
    subscribe(({ data }) => {
      for (const row of data?.expressionsChanged ?? []) {
        const waiting = changed.get(row.id)
        if (!waiting || waiting.version <= row.version) changed.set(row.id, row)
      }
      if (changed.size > 0) cancel ??= soon(flush)
    }),
  )
  const deletions = pipe(
    client.subscription(DeletionsSubscription, {}),
    subscribe(({ data }) => {
      const ids = data?.expressionsDeleted ?? []
      for (const id of ids) changed.delete(id)
      if (ids.length > 0) onDeleted(ids)
    }),
  )
  return () => {
    cancel?.()
    changes.unsubscribe()
    deletions.unsubscribe()
  }
}

function soon(flush: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(flush, hiddenPaceMs)
    return () => clearTimeout(timer)
  }
  const frame = requestAnimationFrame(flush)
  return () => cancelAnimationFrame(frame)
}
