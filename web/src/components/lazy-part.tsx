import { lazy, useState, type ComponentType } from 'react'
import { t } from '../language/t.ts'
import { Button } from './Button.tsx'
import { Notice } from './Notice.tsx'

/**
 * A part of a page whose code comes when it is needed. Where it does not come, as from a server that is away, the rest of the page stays. A browser
 * may keep it that a module or a stylesheet failed, so it comes with the page, loaded anew.
 * @param Unloaded what stands in for it then
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  Unloaded: ComponentType<Props> = UnloadedPart,
) {
  const loading = () => load().catch((): { default: ComponentType<Props> } => ({ default: Unloaded }))
  const Lazy = lazy(loading)
  let ready: ComponentType<Props> | null = null

  function Part(props: Props) {
    // One that stands stays what it is: another would begin anew in its place.
    const [Shown] = useState<ComponentType<Props>>(() => ready ?? Lazy)
    return <Shown {...props} />
  }
  /** Has it at hand, so that it is there in the first picture of the page that it belongs to. */
  Part.prepare = async (): Promise<void> => {
    const { default: Loaded } = await loading()
    if (Loaded !== Unloaded) ready = Loaded
  }
  return Part
}

export function UnloadedPart() {
  return (
    <Notice
      tone="error"
      action={
        <Button size="small" onClick={() => location.reload()}>
          {t('Load the page anew')}
        </Button>
      }
    >
      {t('This part of the page did not come.')}
    </Notice>
  )
}
