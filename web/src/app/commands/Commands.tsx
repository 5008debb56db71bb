import { Suspense, useEffect, useEffectEvent, useState } from 'react'
import { lazyPart } from '../../components/lazy-part.tsx'
import { UnloadedDialog } from '../../components/UnloadedDialog.tsx'
import { now } from '../../clock.ts'
import { useLocation, useNavigate } from '../../routing/hooks.ts'
import { useSession } from '../../transport/contexts.ts'
import { isPaletteKey, type CommandContext, type Dialog } from './commands.ts'
import { beginToWrite } from './begin-to-write.ts'
import { focusWhenThere } from './focus-when-there.ts'
import { KeySequence } from './key-sequence.ts'
import { onOpenDialog } from './open-dialog.ts'
import { areSingleKeysOn } from './single-keys.ts'

const CommandPalette = lazyPart(() => import('./CommandPalette.tsx'), UnloadedDialog)
const Shortcuts = lazyPart(() => import('./Shortcuts.tsx'), UnloadedDialog)

/** The keyboard's way to everything: shortcuts, the palette, and the overview of both. */
export function Commands() {
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [keys] = useState(() => new KeySequence())
  const session = useSession()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  useEffect(() => onOpenDialog(setDialog), [])

  const context: CommandContext = {
    goTo: (path) => void navigate(path),
    focusOn(field) {
      if (pathname !== '/') void navigate('/')
      focusWhenThere(`[data-focus="${field}"]`)
    },
    open: setDialog,
    signOut: () => void session.signOut(),
  }

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.isComposing || event.altKey) return
    if (isPaletteKey(event)) {
      event.preventDefault()
      return setDialog(dialog === 'palette' ? null : 'palette')
    }
    // What opens a dialog may be typed into it.
    if (event.ctrlKey || event.metaKey || dialog !== null || isTyping(event.target) || !areSingleKeysOn()) return
    const outcome = keys.type(event, now())
    if (outcome.kind === 'nothing' && isNowhere(event.target)) return beginToWrite(event.key)
    if (outcome.kind !== 'run') return
    event.preventDefault()
    outcome.command.run(context)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])

  const close = () => setDialog(null)
  return (
    <Suspense fallback={null}>
      {dialog === 'palette' && <CommandPalette context={context} onClose={close} />}
      {dialog === 'shortcuts' && <Shortcuts onClose={close} />}
    </Suspense>
  )
}

/** Whether what is pressed is meant for a field. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** Where one is before one has gone anywhere: at the page itself, or at the heading or the part of it that one is led to. */
const isNowhere = (target: EventTarget | null): boolean =>
  target === document.body || (target instanceof HTMLElement && target.matches('h1, section'))
