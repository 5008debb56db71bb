import { useState } from 'react'
import { t } from '../../language/t.ts'
import { parseDateFilter, writeDateFilter, type DateFilter } from './date-filter.ts'
import styles from './fields.module.css'

interface Props {
  /** What happened on the day. */
  label: string
  filter: DateFilter | null
  onChange: (filter: DateFilter | null) => void
}

/** The days from which something is listed. */
export function DateField({ label, filter, onChange }: Props) {
  // One that has no day yet filters nothing.
  const [isRangeWanted, setRangeWanted] = useState(false)
  const shown = filter?.kind ?? (isRangeWanted ? 'range' : 'any')
  const { from, to } = filter?.kind === 'range' ? filter : { from: null, to: null }

  function choose(kind: string) {
    setRangeWanted(kind === 'range')
    if (kind !== 'range') onChange(kind === 'today' ? { kind } : kind === 'week' ? { kind } : null)
  }
  const setRange = (from: string | null, to: string | null) =>
    onChange(parseDateFilter(writeDateFilter({ kind: 'range', from: from || null, to: to || null })))

  return (
    <>
      <select
        className={styles.select}
        aria-label={label}
        value={shown}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="any">{t('Any day')}</option>
        <option value="today">{t('Today')}</option>
        <option value="week">{t('Last 7 days')}</option>
        <option value="range">{t('From … to …@@days')}</option>
      </select>
      {shown === 'range' && (
        <span className={styles.range}>
          <input
            type="date"
            className={styles.bound}
            aria-label={t('First day')}
            max={to ?? undefined}
            value={from ?? ''}
            onChange={({ target }) => setRange(target.value, to)}
          />
          –
          <input
            type="date"
            className={styles.bound}
            aria-label={t('Last day')}
            min={from ?? undefined}
            value={to ?? ''}
            onChange={({ target }) => setRange(from, target.value)}
          />
        </span>
      )}
    </>
  )
}
