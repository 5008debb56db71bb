import type { Client } from '@urql/core'
import { useCallback } from 'react'
import { expressionPath } from '../format/expression-path.ts'
import { useNavigate } from '../routing/hooks.ts'
import type { OpenExpression } from '../transport/open-expression.ts'

/** Who has waited so long sees the page as it comes. */
const patienceMs = 3_000

/** Fetches what the page of an expression shows first, its code and its data, and goes there: what one wrote becomes what runs. */
export function useExpressionOpener(client: Client, uncached: Client): OpenExpression {
  const navigate = useNavigate()
  return useCallback(
    async (id) => {
      const prepared = import('../features/expression/prepare-expression.ts').then(
        ({ prepareExpression }) => prepareExpression(client, uncached, id),
        // The page itself tells that it did not come.
        () => {},
      )
      await Promise.race([prepared, new Promise((resolve) => setTimeout(resolve, patienceMs))])
      const isMoving = window.matchMedia('(prefers-reduced-motion: no-preference)').matches
      await navigate(expressionPath(id), { viewTransition: isMoving })
    },
    [client, uncached, navigate],
  )
}
