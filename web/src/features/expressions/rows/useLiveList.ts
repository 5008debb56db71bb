import type { Client } from '@urql/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { now } from '../../../clock.ts'
import { useUncached } from '../../../transport/contexts.ts'
import { useReconnected } from '../../../transport/useReconnected.ts'
import { variableOf, type FilterVariable, type ListFilter } from '../filter/list-filter.ts'
import { orderNamed } from '../filter/list-order.ts'
import { listenToExpressions } from './list-events.ts'
import { ListReader } from './list-reader.ts'
import type { ListView } from './list-view.ts'
import { LiveList } from './live-list.ts'

export interface ShownList {
  readonly live: LiveList
  readonly reader: ListReader
  readonly variable: FilterVariable | null
}

interface KeptList extends ShownList {
  readonly key: string
}

/** The list that was shown last: who comes back to it finds it where they left it. */
const kept = new WeakMap<Client, KeptList>()

function listFor(client: Client, filter: ListFilter): KeptList {
  const variable = variableOf(filter, now())
  const order = orderNamed(filter.order)
  const key = JSON.stringify([variable, order])
  const last = kept.get(client)
  if (last?.key === key) return last
  const reader = new ListReader(client, variable, order)
  const made = { key, variable, reader, live: new LiveList(reader, variable, order) }
  kept.set(client, made)
  return made
}

/** The expressions that a filter leaves, live for as long as they are shown. Whose filter changes is another component. */
export function useLiveList(filter: ListFilter): ShownList & { readonly view: ListView } {
  const client = useUncached()
  const [shown] = useState(() => listFor(client, filter))
  const { live } = shown
  const view = useSyncExternalStore(live.view.subscribe, live.view.get)

  useEffect(() => {
    const stop = listenToExpressions(client, live)
    // Nobody was told of what happened while it was not shown; what was asked for before that may be answered after it.
    if (live.view.get().phase === 'loading') live.reload()
    else void live.onReconnected()
    return stop
  }, [client, live])
  useReconnected(() => void live.onReconnected())

  return { ...shown, view }
}
