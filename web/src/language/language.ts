import { useSyncExternalStore } from 'react'
import { createValueStore } from '../transport/value-store.ts'
import type { Part } from './parts.ts'

/** Languages of the page by their own names. */
export const languageNames = { en: 'English', ru: 'Русский' } as const

export type Language = keyof typeof languageNames

/** The Russian of each English message. English itself stands in the source. */
export type Catalogue = Readonly<Record<string, string>>

interface Shown {
  readonly language: Language
  readonly catalogue: Catalogue | null
}

const shown = createValueStore<Shown>({ language: 'en', catalogue: null })

/** The last one asked for: a catalogue that comes late must not undo it. */
let wanted: Language = 'en'

export const currentLanguage = (): Language => shown.get().language

export const currentCatalogue = (): Catalogue | null => shown.get().catalogue

export const onLanguage = shown.subscribe

/**
 * The language, for components that must be rendered anew when it changes: a page, and what is memoised. All others are rendered with the
 * component that they are in, see docs/decisions/0035.
 */
export const useLanguage = (): Language => useSyncExternalStore(onLanguage, currentLanguage)

/** Parts whose texts are shown, or will be. */
const needed = new Set<Part>()

/** Shows the page in a language, once its texts are there. Whether they came. */
export async function showIn(language: Language): Promise<boolean> {
  wanted = language
  if (language === currentLanguage()) return true
  const catalogue = await catalogueOf(language)
  if (catalogue === 'missing') return false
  if (wanted === language) shown.set({ language, catalogue })
  return true
}

/** What `load` brings, once the texts are there that it shows. Those that do not come are shown in English. */
export async function withTexts<Loaded>(needs: readonly Part[], load: () => Promise<Loaded>): Promise<Loaded> {
  for (const part of needs) needed.add(part)
  const [loaded] = await Promise.all([load(), catalogueOf(wanted)])
  return loaded
}

async function catalogueOf(language: Language): Promise<Catalogue | null | 'missing'> {
  switch (language) {
    case 'en':
      return null
    case 'ru':
      return await import('./ru/index.ts')
        .then(({ russianWith }) => russianWith(needed))
        .catch(() => 'missing' as const)
    default:
      return language satisfies never
  }
}
