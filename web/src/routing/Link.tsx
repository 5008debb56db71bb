import type { ComponentProps, MouseEvent } from 'react'
import { useRouter } from './hooks.ts'
import { writeAddress, type To } from './place.ts'

type Props = Omit<ComponentProps<'a'>, 'href'> & { to: To; state?: unknown }

/** A link to another place of the page. Opened elsewhere, as in another tab, it is one as any other. */
export function Link({ to, state, onClick, ...rest }: Props) {
  const router = useRouter()
  const href = router.href(to)

  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    const isHere = rest.target === undefined || rest.target === '_self'
    if (event.defaultPrevented || event.button !== 0 || !isHere || isModified(event)) return
    event.preventDefault()
    // As browsers do it: a link to where one is leaves no second entry in the history.
    void router.navigate(to, { state, replace: href === router.href(writeAddress(router.shown.get().place)) })
  }

  return <a {...rest} href={href} onClick={follow} />
}

const isModified = ({ metaKey, altKey, ctrlKey, shiftKey }: MouseEvent) => metaKey || altKey || ctrlKey || shiftKey
