import { useEffect } from 'react'
import { useLocation, useNavigate } from '../../../routing/hooks.ts'
import type { ListActions } from './list-actions.ts'

/** Whoever comes from the page of an expression that they have deleted is told so, once, with the way back. */
export function useDeletedBefore(actions: ListActions): void {
  const { state, pathname, search } = useLocation() as { state: unknown; pathname: string; search: string }
  const navigate = useNavigate()
  const id = deletedIn(state)
  useEffect(() => {
    if (id === null) return
    actions.sayDeleted(id)
    void navigate({ pathname, search }, { replace: true, state: null, keepScroll: true })
  }, [actions, id, navigate, pathname, search])
}

const deletedIn = (state: unknown): string | null =>
  typeof state === 'object' && state !== null && 'deleted' in state && typeof state.deleted === 'string'
    ? state.deleted
    : null
