import { useLanguage } from '../language/language.ts'
import type { Router } from '../routing/router.ts'
import { RouterView } from '../routing/RouterView.tsx'
import { SessionContext } from '../transport/contexts.ts'
import type { Session } from '../transport/session.ts'
import { ErrorPage } from './ErrorPage.tsx'
import { HeadingFocus } from './HeadingFocus.tsx'
import { UnloadedLanguage } from './UnloadedLanguage.tsx'

export function App({ session, router }: { session: Session; router: Router }) {
  // When it changes all is rendered anew that is not memoised, see docs/decisions/0035.
  useLanguage()
  return (
    <SessionContext value={session}>
      <RouterView router={router} failed={ErrorPage}>
        <HeadingFocus />
        <UnloadedLanguage />
      </RouterView>
    </SessionContext>
  )
}
