import { Provider } from 'urql'
import type { LiveClient } from '../client.ts'
import { Outlet } from '../routing/RouterView.tsx'
import { ExpressionOpenerContext } from '../transport/open-expression.ts'
import { Commands } from './commands/Commands.tsx'
import { Deletions } from './Deletions.tsx'
import { ErrorPage } from './ErrorPage.tsx'
import { useOpenerOf } from './expression-opener.ts'
import type { LiveState } from './live-client-source.ts'
import { UnloadedPage } from './UnloadedPage.tsx'

/** What a signed-in user sees in the frame, and what goes with it on each page. */
export default function Live({ state }: { state: LiveState }) {
  switch (state.kind) {
    case 'coming':
      return null
    case 'unloaded':
      return <UnloadedPage />
    case 'open':
      return <Pages key={state.number} live={state.live} />
    default:
      return state satisfies never
  }
}

function Pages({ live: { client, uncached } }: { live: LiveClient }) {
  return (
    <Provider value={client}>
      <ExpressionOpenerContext value={useOpenerOf(client, uncached)}>
        <Deletions />
        <Commands />
        <Outlet failed={ErrorPage} />
      </ExpressionOpenerContext>
    </Provider>
  )
}
