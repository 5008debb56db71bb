import { useEffect, useEffectEvent } from 'react'
import { pipe, subscribe } from 'wonka'
import { graphql } from '../../graphql.ts'
import { useUncached } from '../../transport/contexts.ts'

const ReturnsSubscription = graphql(`
  subscription ExpressionReturns {
    expressionsChanged {
      id
    }
  }
`)

/**
 * Looks out for an expression that is not there: one that was deleted may be brought back, by this user elsewhere. What tells of it may have
 * been on its way before the deletion, so that whether it is there is asked.
 * @param wasThere whether this page has shown it
 */
export function useReturn(id: string, isGone: boolean, wasThere: boolean, onSign: () => void): void {
  const client = useUncached()
  const sign = useEffectEvent(onSign)
  useEffect(() => {
    if (!isGone) return
    // It may have been brought back before this page was opened, while what is kept here still tells of its deletion.
    if (!wasThere) sign()
    const { unsubscribe } = pipe(
      client.subscription(ReturnsSubscription, {}),
      subscribe(({ data }) => {
        if (data?.expressionsChanged.some((expression) => expression.id === id)) sign()
      }),
    )
    return unsubscribe
  }, [client, id, isGone, wasThere])
}
