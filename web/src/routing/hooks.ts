import { createContext, use, useCallback, useMemo, useSyncExternalStore } from 'react'
import type { Place } from './place.ts'
import type { NavigateOptions, Router, Shown } from './router.ts'

export const RouterContext = createContext<Router | null>(null)

export function useRouter(): Router {
  const router = use(RouterContext)
  if (router === null) throw new Error('there is no router above')
  return router
}

export function useShown(): Shown {
  const { shown } = useRouter()
  return useSyncExternalStore(shown.subscribe, shown.get)
}

export const useLocation = (): Place => useShown().place

export const useParams = (): Readonly<Record<string, string>> => useShown().match?.params ?? {}

export const useNavigate = (): Router['navigate'] => useRouter().navigate

type SearchChange = (search: URLSearchParams) => URLSearchParams | Record<string, string>

/** What stands after the `?`, and its change, which is told what stands there by then. */
export function useSearchParams(): [URLSearchParams, (change: SearchChange, options?: NavigateOptions) => void] {
  const router = useRouter()
  const { search } = useLocation()
  const params = useMemo(() => new URLSearchParams(search), [search])
  const change = useCallback(
    (change: SearchChange, options?: NavigateOptions) => {
      const { pathname, search } = router.shown.get().place
      const changed = new URLSearchParams(change(new URLSearchParams(search))).toString()
      void router.navigate({ pathname, search: changed && `?${changed}` }, options)
    },
    [router],
  )
  return [params, change]
}
