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
  readonly title: string
  /** One key, or two one after the other; null for what only the palette has. */
  readonly keys: string | null
  readonly run: (context: CommandContext) => void
}

/** All commands: the palette lists them, the overview their keys, and the keyboard goes by them. */
export const commands: readonly Command[] = [
  { title: 'Write a new expression', keys: 'n', run: ({ focusOn }) => focusOn('source') },
  { title: 'Search your expressions', keys: '/', run: ({ focusOn }) => focusOn('search') },
  { title: 'Go to expressions', keys: 'g e', run: ({ goTo }) => goTo('/') },
  { title: 'Go to operations', keys: 'g o', run: ({ goTo }) => goTo('/operations') },
  { title: 'Go to agents', keys: 'g a', run: ({ goTo }) => goTo('/agents') },
  { title: 'Go to your account', keys: 'g c', run: ({ goTo }) => goTo('/account') },
  { title: 'Show expressions that failed', keys: null, run: ({ goTo }) => goTo('/?status=failed') },
  { title: 'Show expressions that run or wait', keys: null, run: ({ goTo }) => goTo('/?status=active') },
  { title: 'Show all shortcuts', keys: '?', run: ({ open }) => open('shortcuts') },
  { title: 'Sign out', keys: null, run: ({ signOut }) => signOut() },
]

/** Opens the palette, also from within a field; with the command key on a Mac. */
export const paletteKey = 'k'
