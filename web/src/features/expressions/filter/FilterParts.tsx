import { t } from '../../../language/t.ts'
import { partsOf } from './describe-filter.ts'
import styles from './FilterBar.module.css'
import type { ListFilter } from './list-filter.ts'

interface Props {
  filter: ListFilter
  onChange: (filter: ListFilter) => void
}

/** By what expressions are left out, each with a way to take it off. */
export function FilterParts({ filter, onChange }: Props) {
  const parts = partsOf(filter)
  const last = parts.at(-1)
  if (!last) return null
  const nothing = { ...filter, text: '', status: 'all', date: null, duration: null } as const
  return (
    <ul className={styles.parts} aria-label={t('Filters')}>
      {parts.map(({ name, without }) => (
        <li key={name}>
          <button
            type="button"
            className={styles.part}
            aria-label={t('Take off: {name}', { name })}
            onClick={() => onChange(without)}
          >
            <span className={styles.name}>{name}</span>
            <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      {parts.length > 1 && (
        <li>
          <button type="button" className={styles.all} onClick={() => onChange(nothing)}>
            {t('Take all off')}
          </button>
        </li>
      )}
    </ul>
  )
}
