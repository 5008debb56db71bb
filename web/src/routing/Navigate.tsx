import { useEffect } from 'react'
import { useNavigate } from './hooks.ts'

/** Leads on to another place as soon as it is rendered. */
export function Navigate({ to, state }: { to: string; state?: unknown }) {
  const navigate = useNavigate()
  useEffect(() => void navigate(to, { replace: true, state }), [navigate, to, state])
  return null
}
