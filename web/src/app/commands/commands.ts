import { stayOnForm } from '../../features/expressions/stay-on-form.ts'
import { currentLanguage } from '../../language/language.ts'
import { chooseLanguage } from '../../language/start.ts'
import { latinKey } from '../../language/latin-key.ts'
import { msg, type Message } from '../../language/t.ts'

/** What a command is done with. */
export interface CommandContext {
  readonly goTo: (path: string) => void
  /** Goes to the page of expressions, and to a field of it. */
  readonly focusOn: (field: FocusTarget) => void
  readonly open: (dialog: Dialog) => void
  readonly signOut: () => void
}

/** Fields that say so by `data-focus`. */
export type FocusTarget = 'source' | 'search'

export type Dialog = 'palette' | 'shortcuts'

export interface Command {
  readonly title: Message
  /** One key, or two one after the other; null for what only the palette has. */
  readonly keys: string | null
  readonly run: (context: CommandContext) => void
  readonly isForAdmins?: true
}

/** All commands: the palette lists them, the overview their keys, and the keyboard goes by them. */
export const commands: readonly Command[] = [
  { title: msg('Write a new expression'), keys: 'n', run: ({ focusOn }) => focusOn('source') },
  { title: msg('Search your expressions'), keys: '/', run: ({ focusOn }) => focusOn('search') },
  { title: msg('Go to expressions'), keys: 'g e', run: ({ goTo }) => goTo('/') },
  { title: msg('Go to operations'), keys: 'g o', run: ({ goTo }) => goTo('/operations') },
  { title: msg('Go to agents'), keys: 'g a', run: ({ goTo }) => goTo('/agents') },
  { title: msg('Go to the audit log'), keys: null, run: ({ goTo }) => goTo('/audit'), isForAdmins: true },
  { title: msg('Go to your account'), keys: 'g c', run: ({ goTo }) => goTo('/account') },
  { title: msg('Show expressions that failed'), keys: null, run: ({ goTo }) => goTo('/?status=failed') },
  { title: msg('Show expressions that run or wait'), keys: null, run: ({ goTo }) => goTo('/?status=active') },
  { title: msg('Show all shortcuts'), keys: '?', run: ({ open }) => open('shortcuts') },
  {
    title: msg('Show the page in the other language (по-русски)'),
    keys: null,
    run: () => void chooseLanguage(currentLanguage() === 'en' ? 'ru' : 'en'),
  },
  {
    title: msg('Stay on the form after Evaluate, or go along again'),
    keys: null,
    run: () => stayOnForm.set(!stayOnForm.get()),
  },
  { title: msg('Sign out'), keys: null, run: ({ signOut }) => signOut() },
]

/** What opens the palette, also from within a field; with the command key on a Mac. */
export const isPaletteKey = (
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey'>,
): boolean => (event.ctrlKey || event.metaKey) && !event.shiftKey && latinKey(event).toLowerCase() === 'k'
