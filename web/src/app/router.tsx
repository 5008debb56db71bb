import type { ComponentType } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { basePath } from '../base-path.ts'
import { SignInPage } from '../features/account/SignInPage.tsx'
import { SignUpPage } from '../features/account/SignUpPage.tsx'
import { untilSignedIn, type Session } from '../transport/session.ts'
import { ErrorPage } from './ErrorPage.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'
import { Root } from './Root.tsx'
import { SignedIn } from './SignedIn.tsx'
import { SignedOut } from './SignedOut.tsx'
import { UnloadedPage } from './UnloadedPage.tsx'
import { WelcomePage } from './WelcomePage.tsx'

export type Router = ReturnType<typeof createRouter>

/** Which page stands at which address. Pages for the signed-in come when they are first visited and somebody is. */
export function createRouter(session: Session) {
  // The router keeps what comes of it for good, a failure too: of that comes a page that tells it.
  const whenSignedIn = (load: () => Promise<ComponentType>) => ({
    Component: () =>
      untilSignedIn(session)
        .then(load)
        .catch(() => UnloadedPage),
  })

  const routes: RouteObject[] = [
    {
      Component: Root,
      ErrorBoundary: ErrorPage,
      children: [
        {
          Component: SignedOut,
          children: [
            { path: '/sign-in', Component: SignInPage },
            { path: '/sign-up', Component: SignUpPage },
            {
              path: '/reset-password',
              HydrateFallback: () => null,
              lazy: {
                Component: () =>
                  import('../features/account/ResetPasswordPage.tsx').then(
                    ({ ResetPasswordPage }) => ResetPasswordPage,
                    () => UnloadedPage,
                  ),
              },
            },
          ],
        },
        { path: '/welcome', Component: WelcomePage },
        {
          path: '/shared',
          HydrateFallback: () => null,
          lazy: {
            Component: () =>
              import('./SharedPage.tsx').then(
                ({ SharedPage }) => SharedPage,
                () => UnloadedPage,
              ),
          },
        },
        {
          Component: SignedIn,
          children: [
            {
              ErrorBoundary: ErrorPage,
              // While the first page's code is on its way the layout stands already.
              HydrateFallback: () => null,
              children: [
                {
                  path: '/',
                  lazy: whenSignedIn(
                    async () => (await import('../features/expressions/ExpressionsPage.tsx')).ExpressionsPage,
                  ),
                },
                {
                  path: '/expressions/:id',
                  lazy: whenSignedIn(
                    async () => (await import('../features/expression/ExpressionPage.tsx')).ExpressionPage,
                  ),
                },
                {
                  path: '/operations',
                  lazy: whenSignedIn(
                    async () => (await import('../features/operations/OperationsPage.tsx')).OperationsPage,
                  ),
                },
                { path: '/agents', lazy: whenSignedIn(async () => (await import('./ClusterPage.tsx')).ClusterPage) },
                {
                  path: '/account',
                  lazy: whenSignedIn(async () => (await import('../features/account/AccountPage.tsx')).AccountPage),
                },
                { path: '*', Component: NotFoundPage },
              ],
            },
          ],
        },
      ],
    },
  ]
  return createBrowserRouter(routes, { basename: basePath || '/' })
}
