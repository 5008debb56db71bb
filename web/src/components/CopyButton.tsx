import { useEffect, useState } from 'react'
import { t } from '../language/t.ts'
import { Button } from './Button.tsx'

/** Copies a text to the clipboard and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)

  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), 2000)
    return () => clearTimeout(timer)
  }, [outcome])

  return (
    <Button
      size="small"
      look="quiet"
      aria-label={label}
      onClick={() => {
        copy(text).then(
          () => setOutcome('copied'),
          () => setOutcome('refused'),
        )
      }}
    >
      <span role="status">
        {outcome === null ? t('Copy') : outcome === 'copied' ? t('Copied') : t('Could not copy')}
      </span>
    </Button>
  )
}

/** Browsers offer no clipboard to a page that came over plain HTTP from another machine. */
const copy = async (text: string): Promise<void> => {
  if (!('clipboard' in navigator)) throw new Error('no clipboard')
  await navigator.clipboard.writeText(text)
}
