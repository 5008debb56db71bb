import { useEffect, useState } from 'react'
import { useSession } from '../../transport/contexts.ts'

/** Whether one may register without an invitation; null until it is known. */
export function useIsRegistrationOpen(): boolean | null {
  const session = useSession()
  const [isOpen, setOpen] = useState<boolean | null>(null)
  useEffect(() => {
    let isGone = false
    void session.isRegistrationOpen().then((answer) => !isGone && setOpen(answer))
    return () => {
      isGone = true
    }
  }, [session])
  return isOpen
}
