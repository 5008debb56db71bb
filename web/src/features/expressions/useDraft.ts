import { useState } from 'react'
import { useSessionState } from '../../transport/contexts.ts'

/** What one is writing, kept for this tab and user while they look at other pages. */
export function useDraft(): readonly [string, (draft: string) => void] {
  const session = useSessionState()
  const key = `draft of ${session.status === 'signed-in' ? session.user.id : 'nobody'}`
  const [draft, setDraft] = useState(() => stored(() => sessionStorage.getItem(key)) ?? '')

  function change(next: string) {
    setDraft(next)
    stored(() => (next === '' ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, next)))
  }
  return [draft, change]
}

/** Some browsers are set to keep nothing; then a draft lasts as long as its page. */
function stored<Value>(access: () => Value): Value | null {
  try {
    return access()
  } catch {
    return null
  }
}
