import type { Client } from '@urql/core'
import { useMemo } from 'react'
import { expressionPath } from '../format/expression-path.ts'
import { useRouter } from '../routing/hooks.ts'
import type { Router } from '../routing/router.ts'
import type { ExpressionOpener } from '../transport/open-expression.ts'

/** Who has waited so long sees the page as it comes. */
const patienceMs = 3_000

/** @param prepare fetches what the page of an expression shows first, its code and its data: what one wrote becomes what runs */
export function expressionOpener(
  router: Pick<Router, 'departures' | 'navigate'>,
  prepare: (id: string) => Promise<void>,
): ExpressionOpener {
  return () => {
    const { departures } = router
    return async (id) => {
      if (router.departures !== departures) return
      await Promise.race([prepare(id), new Promise((resolve) => setTimeout(resolve, patienceMs))])
      if (router.departures !== departures) return
      const isMoving = window.matchMedia('(prefers-reduced-motion: no-preference)').matches
      await router.navigate(expressionPath(id), { viewTransition: isMoving })
    }
  }
}

export function useOpenerOf(client: Client, uncached: Client): ExpressionOpener {
  const router = useRouter()
  return useMemo(
    () =>
      expressionOpener(router, (id) =>
        import('../features/expression/prepare-expression.ts').then(
          ({ prepareExpression }) => prepareExpression(client, uncached, id),
          // The page itself tells that it did not come.
          () => {},
        ),
      ),
    [router, client, uncached],
  )
}
