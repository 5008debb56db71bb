import { useId } from 'react'
import { fieldText } from '../../components/server-text.tsx'
import { operationTitle } from '../../format/operation.ts'
import { t } from '../../language/t.ts'
import styles from './DurationInput.module.css'

interface Props {
  /** Of the operation. */
  name: string
  draft: string
  problem: string | undefined
  onChange: (draft: string) => void
}

export function DurationInput({ name, draft, problem, onChange }: Props) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label className={styles.control}>
        <span className="visually-hidden">
          {t('Duration of {operation} in milliseconds', { operation: operationTitle(name) })}
        </span>
        <input
          className={styles.input}
          type="number"
          inputMode="numeric"
          min={0}
          max={65_535}
          step={1}
          value={draft}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={problem === undefined ? undefined : id}
        />
        <span aria-hidden="true">{t('ms')}</span>
      </label>
      {problem !== undefined && (
        <p id={id} className={styles.problem}>
          {fieldText(problem)}
        </p>
      )}
    </div>
  )
}
