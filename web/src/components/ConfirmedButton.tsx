import { useState, type ReactNode } from 'react'
import { t } from '../language/t.ts'
import { Button } from './Button.tsx'
import styles from './ConfirmedButton.module.css'
import { leaveFocus } from './leave-focus.ts'

interface Props {
  /** What it does, in a word. */
  action: string
  /** What it is done to, for those who do not see where the button stands. */
  object: string
  /** Asked before it is done. */
  question: string
  /** Why it could not be done; it can be tried again. */
  problem: ReactNode
  isBusy: boolean
  /** Whether it stands where one was pressed that has the focus. */
  takesFocus?: boolean
  onConfirm: () => void
}

/** A button for what is not easily undone: it asks once more. The keyboard's focus goes along, to the answer that does no harm, and back. */
export function ConfirmedButton({ action, object, question, problem, isBusy, takesFocus, onConfirm }: Props) {
  const [stage, setStage] = useState<'untouched' | 'asking' | 'kept'>(takesFocus === true ? 'kept' : 'untouched')
  const whole = t('{action} {object}', { action, object })
  if (stage !== 'asking')
    return (
      <Button size="small" aria-label={whole} autoFocus={stage === 'kept'} onClick={() => setStage('asking')}>
        {action}
      </Button>
    )
  return (
    <span
      className={styles.question}
      role="group"
      aria-label={whole}
      onKeyDown={({ key }) => key === 'Escape' && setStage('kept')}
    >
      {problem === null ? <span>{question}</span> : <span role="alert">{problem}</span>}
      <Button
        ref={leaveFocus}
        size="small"
        look="danger"
        isBusy={isBusy}
        aria-description={question}
        onClick={onConfirm}
      >
        {action}
      </Button>
      <Button
        ref={leaveFocus}
        size="small"
        look="quiet"
        autoFocus
        aria-description={question}
        onClick={() => setStage('kept')}
      >
        {t('Keep')}
      </Button>
    </span>
  )
}
