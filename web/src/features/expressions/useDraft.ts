import { useRef, useState } from 'react'
import { keep, readKept } from '../../browser-storage.ts'
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
  const [draft, setDraft] = useState(() => readKept(key, 'sessionStorage') ?? '')

  const latest = useRef(draft)

  function change(next: string) {
    latest.current = next
    setDraft(next)
    keep(key, next === '' ? null : next, 'sessionStorage')
  }
  function finish(submitted: string) {
    // This page may have been left, and another one like it opened.
    const current = readKept(key, 'sessionStorage') ?? latest.current
    if (current === submitted) change('')
  }
  return [draft, change, finish]
}
