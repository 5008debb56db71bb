import { keep, readKept } from '../browser-storage.ts'
import { createValueStore } from '../transport/value-store.ts'
import { currentLanguage, languageNames, onLanguage, showIn, type Language } from './language.ts'

const key = 'language'

const isLanguage = (text: string | null | undefined): text is Language =>
  text != null && Object.hasOwn(languageNames, text)

/** The one that was chosen here, else the browser's first that the page has. */
function preferred(): Language {
  const chosen = readKept(key)
  if (isLanguage(chosen)) return chosen
  const spoken = navigator.languages.map((tag) => tag.toLowerCase().split('-')[0] ?? '')
  return spoken.find(isLanguage) ?? 'en'
}

/** The language that was chosen of which the texts did not come, until somebody has read so. */
export const unloadedLanguage = createValueStore<Language | null>(null)

/** Shows the page in a language, here and in the other tabs of this browser, from now on. */
export async function chooseLanguage(language: Language): Promise<void> {
  if (!(await showIn(language))) return unloadedLanguage.set(language)
  keep(key, language)
}

/** Ends when the page may be shown: a Russian reader sees no English before, unless the Russian does not come. */
export async function startLanguage(): Promise<void> {
  onLanguage(() => (document.documentElement.lang = currentLanguage()))
  const follow = () => showIn(preferred())
  window.addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) void follow()
  })
  window.addEventListener('languagechange', () => void follow())
  await follow()
}
