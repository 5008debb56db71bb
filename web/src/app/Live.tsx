import { useState, useSyncExternalStore } from 'react'
import { Provider } from 'urql'
import { ConnectionContext, UncachedContext, useSession } from '../transport/contexts.ts'
import { Commands } from './commands/Commands.tsx'
import { Deletions } from './Deletions.tsx'
import { createLiveClientSource } from './live-client-source.ts'
import { Shell } from './Shell.tsx'

/** The pages of a sign-in, with a client of its own. It brings the cache along, of which nobody has use who is not signed in. */
export default function Live() {
  const session = useSession()
  const [source] = useState(() => createLiveClientSource(session))
  const generation = useSyncExternalStore(source.subscribe, source.get)
  if (!generation) return <Shell isReady={false} />
  return (
    <Provider value={generation.live.client} key={generation.number}>
      <ConnectionContext value={generation.live.connection}>
        <UncachedContext value={generation.live.uncached}>
          <Deletions />
          <Commands />
          <Shell isReady />
        </UncachedContext>
      </ConnectionContext>
    </Provider>
  )
}
