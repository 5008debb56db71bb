import { languageNames, useLanguage } from './language.ts'
import { chooseLanguage } from './start.ts'
import { Button } from '../components/Button.tsx'

/** Shows the page in the other language, which is named in itself, for who does not read this one. */
export function LanguageSwitch() {
  const other = useLanguage() === 'en' ? 'ru' : 'en'
  return (
    <Button size="small" look="quiet" lang={other} onClick={() => void chooseLanguage(other)}>
      {languageNames[other]}
    </Button>
  )
}
