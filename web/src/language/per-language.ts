import { currentLanguage, type Language } from './language.ts'

/** One formatter a language: they are slow to make. */
export function perLanguage<Formatter>(make: (language: Language) => Formatter): () => Formatter {
  const made = new Map<Language, Formatter>()
  return () => {
    const language = currentLanguage()
    const formatter = made.get(language) ?? make(language)
    made.set(language, formatter)
    return formatter
  }
}
