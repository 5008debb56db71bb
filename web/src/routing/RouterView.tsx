import { useLayoutEffect, type ComponentType, type ReactNode } from 'react'
import { PageBoundary } from './PageBoundary.tsx'
import { RouterContext, useShown } from './hooks.ts'
import type { Router, Shown } from './router.ts'
import { scrollWhenThere } from './scroll-when-there.ts'

interface Props {
  router: Router
  /** Stands in for a page that failed. */
  failed: ComponentType<{ error: unknown }>
  /** What all pages have. */
  children?: ReactNode
}

/** The page of where one is, in its frame. */
export const RouterView = ({ router, failed, children }: Props) => (
  <RouterContext value={router}>
    {children}
    <Framed failed={failed} />
  </RouterContext>
)

function Framed({ failed }: Pick<Props, 'failed'>) {
  const shown = useShown()
  const { match, place } = shown
  useLayoutEffect(() => scrollAsShown(shown), [shown])
  const Frame = match?.route.frame
  return (
    <PageBoundary placeKey={place.key} failed={failed}>
      {Frame && <Frame />}
    </PageBoundary>
  )
}

/** In a frame, where its page stands: one that fails leaves the frame as it is. */
export function Outlet({ failed }: Pick<Props, 'failed'>) {
  const { page: Page, place } = useShown()
  return (
    <PageBoundary placeKey={place.key} failed={failed}>
      {Page && <Page />}
    </PageBoundary>
  )
}

/** Returns what ends it, where it goes on. */
function scrollAsShown({ scroll, place: { hash } }: Shown): (() => void) | undefined {
  switch (scroll.kind) {
    case 'keep':
      return
    case 'to':
      return scrollWhenThere(scroll.top)
    case 'hash':
      void document.getElementById(hash.slice(1))?.scrollIntoView()
      return
    default:
      scroll satisfies never
  }
}
