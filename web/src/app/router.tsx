import { createBrowserRouter } from 'react-router'
import { SignInPage } from '../features/account/SignInPage.tsx'
import { SignUpPage } from '../features/account/SignUpPage.tsx'
import { ErrorPage } from './ErrorPage.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'
import { SignedIn } from './SignedIn.tsx'
import { SignedOut } from './SignedOut.tsx'

/** Which page stands at which address. Pages for the signed-in come when they are first visited. */
export const router = createBrowserRouter([
  {
    ErrorBoundary: ErrorPage,
    children: [
      {
        Component: SignedOut,
        children: [
          { path: '/sign-in', Component: SignInPage },
          { path: '/sign-up', Component: SignUpPage },
        ],
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
                lazy: {
                  Component: async () => (await import('../features/expressions/ExpressionsPage.tsx')).ExpressionsPage,
                },
              },
              {
                path: '/expressions/:id',
                lazy: {
                  Component: async () => (await import('../features/expression/ExpressionPage.tsx')).ExpressionPage,
                },
              },
              {
                path: '/operations',
                lazy: {
                  Component: async () => (await import('../features/operations/OperationsPage.tsx')).OperationsPage,
                },
              },
              { path: '/agents', lazy: { Component: async () => (await import('./ClusterPage.tsx')).ClusterPage } },
              { path: '*', Component: NotFoundPage },
            ],
          },
        ],
      },
    ],
  },
])
