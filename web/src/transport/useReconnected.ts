import { use, useEffect, useEffectEvent } from 'react'
import { ConnectionContext } from './contexts.ts'

/** Calls back whenever the connection is there again: of what happened meanwhile nobody was told. */
export function useReconnected(onReconnected: () => void): void {
  const connection = use(ConnectionContext)
  const tell = useEffectEvent(onReconnected)
  useEffect(() => connection?.reconnections.subscribe(() => tell()), [connection])
}
