import { useId } from 'react'
import { operatorName } from '../../format/operator.ts'
import type { OperationKind } from '../../graphql.ts'
import styles from './DurationInput.module.css'

interface Props {
  kind: OperationKind
  draft: string
  problem: string | undefined
  onChange: (draft: string) => void
}

export function DurationInput({ kind, draft, problem, onChange }: Props) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label className={styles.control}>
        <span className="visually-hidden">Duration of {operatorName[kind]} in milliseconds</span>
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
        <span aria-hidden="true">ms</span>
      </label>
      {problem !== undefined && (
        <p id={id} className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}
