import { useEffect, useEffectEvent } from 'react'
import { useLocation, useNavigate } from '../../routing/hooks.ts'

/** A longer one is refused in any case, and the browser keeps what is brought. */
const longest = 20_000

/**
 * What somebody wrote before they had an account, and asked to have evaluated. It comes by the history of this tab, into which no link of
 * another site writes; it is taken out of it first, so that it is evaluated once.
 */
export function useBroughtSource(evaluate: (source: string) => Promise<void>): void {
  const { state, pathname, search } = useLocation()
  const navigate = useNavigate()
  const source = broughtBy(state)

  const take = useEffectEvent(async (source: string) => {
    await navigate({ pathname, search }, { replace: true, state: null, keepScroll: true })
    await evaluate(source)
  })
  useEffect(() => {
    if (source !== null) void take(source)
  }, [source])
}

function broughtBy(state: unknown): string | null {
  const source = typeof state === 'object' && state !== null && 'evaluate' in state ? state.evaluate : null
  return typeof source === 'string' && source.length <= longest ? source : null
}
