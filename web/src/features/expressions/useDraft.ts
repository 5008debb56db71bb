import { useRef, useState } from 'react'
import { useSessionState } from '../../transport/contexts.ts'

/**
 * What one is writing, kept for this tab and user while they look at other pages; how to change it; and how to empty it where it is still what
 * was submitted: whoever has begun to write the next one meanwhile keeps that.
 */
export function useDraft(): readonly [
  draft: string,
  change: (draft: string) => void,
  finish: (submitted: string) => void,
] {
  const session = useSessionState()
  const key = `draft of ${session.status === 'signed-in' ? session.user.id : 'nobody'}`
  const [draft, setDraft] = useState(() => stored(() => sessionStorage.getItem(key)) ?? '')

  const latest = useRef(draft)

  function change(next: string) {
    latest.current = next
    setDraft(next)
    stored(() => (next === '' ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, next)))
  }
  function finish(submitted: string) {
    // This page may have been left, and another one like it opened.
    const current = stored(() => sessionStorage.getItem(key)) ?? latest.current
    if (current === submitted) change('')
  }
  return [draft, change, finish]
}

/** Some browsers are set to keep nothing; then a draft lasts as long as its page. */
function stored<Value>(access: () => Value): Value | null {
  try {
    return access()
  } catch {
    return null
  }
}
