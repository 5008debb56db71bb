import { useEffect, useState } from 'react'
import { t } from '../../../language/t.ts'
import styles from './SearchField.module.css'
import { longestText } from './list-filter.ts'

/** A search is asked for when typing has paused for so long. */
const pauseMs = 300

interface Props {
  text: string
  onSearch: (text: string) => void
}

/** What the sources that are listed contain. */
export function SearchField({ text, onSearch }: Props) {
  const [typed, setTyped] = useState(text)
  const [known, setKnown] = useState(text)
  // The address has changed by itself: one went back, say.
  if (known !== text) {
    setKnown(text)
    setTyped(text)
  }

  useEffect(() => {
    if (typed === text) return
    const timer = setTimeout(() => onSearch(typed), pauseMs)
    return () => clearTimeout(timer)
  }, [typed, text, onSearch])

  return (
    <input
      type="search"
      data-focus="search"
      className={styles.field}
      aria-label={t('Search in sources')}
      placeholder={t('Search in sources')}
      maxLength={longestText}
      spellCheck={false}
      autoComplete="off"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={({ key }) => key === 'Enter' && onSearch(typed)}
    />
  )
}
