import { useId, type ComponentProps, type ReactNode } from 'react'
import styles from './TextField.module.css'

interface Props extends ComponentProps<'input'> {
  label: string
  hint?: string | undefined
  error?: ReactNode
}

export function TextField({ label, hint, error, ...rest }: Props) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className={styles.input}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className={styles.note} data-invalid={error !== undefined || undefined}>
          {note}
        </p>
      )}
    </div>
  )
}
