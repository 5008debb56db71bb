import fields from '../../../components/filter/fields.module.css'
import { DateField } from '../../../components/filter/DateField.tsx'
import { SegmentedControl } from '../../../components/SegmentedControl.tsx'
import { t } from '../../../language/t.ts'
import { DurationField } from './DurationField.tsx'
import styles from './FilterBar.module.css'
import type { ListFilter } from './list-filter.ts'
import { listOrders, orderNamed } from './list-order.ts'
import { SearchField } from './SearchField.tsx'
import { statusFilters } from './status-filter.ts'

interface Props {
  filter: ListFilter
  onChange: (change: Partial<ListFilter>) => void
  onSearch: (text: string) => void
}

/** Which expressions are listed, and in which order. */
export function FilterBar({ filter, onChange, onSearch }: Props) {
  return (
    <div className={styles.bar} role="search" aria-label={t('Your expressions')}>
      <SearchField text={filter.text} onSearch={onSearch} />
      <SegmentedControl
        label={t('Show')}
        options={statusFilters.map(({ value, label }) => ({ value, label: t(label) }))}
        value={filter.status}
        onChange={(status) => onChange({ status })}
      />
      <DateField label={t('Submitted')} filter={filter.date} onChange={(date) => onChange({ date })} />
      <DurationField filter={filter.duration} onChange={(duration) => onChange({ duration })} />
      <select
        className={fields.select}
        aria-label={t('Order')}
        value={filter.order}
        onChange={({ target }) => onChange({ order: orderNamed(target.value).value })}
      >
        {listOrders.map(({ value, label }) => (
          <option key={value} value={value}>
            {t(label)}
          </option>
        ))}
      </select>
    </div>
  )
}
