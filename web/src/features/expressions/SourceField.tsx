import type { KeyboardEvent, Ref } from 'react'
import { t } from '../../language/t.ts'
import styles from './SourceField.module.css'

interface Props {
  ref: Ref<HTMLTextAreaElement>
  value: string
  onChange: (value: string) => void
  /** The offending text, underlined where it stands; of length 0 at the end. */
  mark: { position: number; length: number } | null
  describedBy: string
}

/**
 * The field for a source. Behind it lies the same text, unseen, in the same place: it carries the underline and gives the
 * field its height.
 */
export function SourceField({ ref, value, onChange, mark, describedBy }: Props) {
  return (
    <div className={styles.frame} data-invalid={mark !== null || undefined}>
      <div className={styles.stack}>
        <Mirror value={value} mark={mark} />
        <textarea
          ref={ref}
          className={styles.input}
          data-focus="source"
          aria-label={t('Expression')}
          aria-invalid={mark !== null || undefined}
          aria-describedby={describedBy}
          placeholder="(1+2)*(3-4)/5"
          rows={1}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={submitOnEnter}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
        />
      </div>
    </div>
  )
}

/** With Shift it begins a new line, as after a name and its value; a `;` does as well. */
function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}

function Mirror({ value, mark }: Pick<Props, 'value' | 'mark'>) {
  const start = mark?.position ?? value.length
  const end = start + (mark?.length ?? 0)
  return (
    <div className={styles.mirror} aria-hidden="true">
      {value.slice(0, start)}
      {mark && (mark.length > 0 ? <mark>{value.slice(start, end)}</mark> : <span className={styles.caret} />)}
      {value.slice(end)}
      {/* Else a last, empty line has no height. */}
      {'\u200b'}
    </div>
  )
}
