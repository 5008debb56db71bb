import { basePath } from '../base-path.ts'
import { SignInPage } from '../features/account/SignInPage.tsx'
import { SignUpPage } from '../features/account/SignUpPage.tsx'
import { withTexts } from '../language/language.ts'
import type { Part } from '../language/parts.ts'
import { Router } from '../routing/router.ts'
import { Outlet } from '../routing/RouterView.tsx'
import type { Page, Route } from '../routing/routes.ts'
import { untilSettled, type Session } from '../transport/session.ts'
import { ErrorPage } from './ErrorPage.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'
import { SignedIn } from './SignedIn.tsx'
import { SignedOut } from './SignedOut.tsx'
import { UnloadedPage } from './UnloadedPage.tsx'
import { WelcomePage } from './WelcomePage.tsx'

const Bare = () => <Outlet failed={ErrorPage} />

/** Which page stands at which address. Pages for the signed-in come when they are first visited and somebody is. */
export function createRouter(session: Session): Router {
  const lazy = (texts: readonly Part[], load: () => Promise<Page>) => ({
    load: () => withTexts(texts, load).catch(() => UnloadedPage),
  })
  const whenSignedIn = (texts: readonly Part[], load: () => Promise<Page>) => ({
    load: async () => ((await untilSettled(session)) === 'signed-in' ? lazy(texts, load).load() : null),
  })

  const routes: readonly Route[] = [
    {
      path: '/',
      frame: SignedIn,
      page: whenSignedIn([], async () => (await import('../features/expressions/ExpressionsPage.tsx')).ExpressionsPage),
    },
    {
      path: '/expressions/:id',
      frame: SignedIn,
      page: whenSignedIn(
        ['expression'],
        async () => (await import('../features/expression/ExpressionPage.tsx')).ExpressionPage,
      ),
    },
    {
      path: '/operations',
      frame: SignedIn,
      page: whenSignedIn(
        ['operations'],
        async () => (await import('../features/operations/OperationsPage.tsx')).OperationsPage,
      ),
    },
    {
      path: '/agents',
      frame: SignedIn,
      page: whenSignedIn(
        ['agents', 'cluster', 'users', 'audit'],
        async () => (await import('./ClusterPage.tsx')).ClusterPage,
      ),
    },
    {
      path: '/audit',
      frame: SignedIn,
      page: whenSignedIn(['audit'], async () => (await import('./AuditRoute.tsx')).AuditRoute),
    },
    {
      path: '/account',
      frame: SignedIn,
      page: whenSignedIn(['account'], async () => (await import('../features/account/AccountPage.tsx')).AccountPage),
    },
    { path: '/sign-in', frame: SignedOut, page: SignInPage },
    { path: '/sign-up', frame: SignedOut, page: SignUpPage },
    {
      path: '/reset-password',
      frame: SignedOut,
      page: lazy(
        ['account'],
        async () => (await import('../features/account/ResetPasswordPage.tsx')).ResetPasswordPage,
      ),
    },
    { path: '/welcome', frame: Bare, page: WelcomePage },
    {
      path: '/shared',
      frame: Bare,
      page: lazy(['expression'], async () => (await import('./SharedPage.tsx')).SharedPage),
    },
    { path: '*', frame: SignedIn, page: NotFoundPage },
  ]
  return new Router(routes, basePath)
}
