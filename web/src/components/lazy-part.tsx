import { lazy, type ComponentType } from 'react'
import { Button } from './Button.tsx'
import { Notice } from './Notice.tsx'

/**
 * A part of a page whose code comes when it is needed. Where it does not come, as from a server that is away, the rest of the page stays. A browser
 * may keep it that a module or a stylesheet failed, so it comes with the page, loaded anew.
 */
export const lazyPart = <Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) =>
  lazy(() => load().catch((): { default: ComponentType<Props> } => ({ default: UnloadedPart })))

function UnloadedPart() {
  return (
    <Notice
      tone="error"
      action={
        <Button size="small" onClick={() => location.reload()}>
          Load the page anew
        </Button>
      }
    >
      This part of the page did not come.
    </Notice>
  )
}
