import { t, type Message } from './t.ts'

/** Options of a constant, as they are shown in the language of the page. */
export const shownOptions = <Value extends string>(
  options: readonly { readonly value: Value; readonly label: Message }[],
): readonly { readonly value: Value; readonly label: string }[] =>
  options.map(({ value, label }) => ({ value, label: t(label) }))
