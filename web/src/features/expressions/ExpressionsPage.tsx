import { useCallback, useRef } from 'react'
import { formatDate } from '../../format/time.ts'
import { useNow } from '../../components/useNow.ts'
import { t } from '../../language/t.ts'
import { useSearchParams } from '../../routing/hooks.ts'
import { ExpressionForm } from './ExpressionForm.tsx'
import { ExpressionList } from './ExpressionList.tsx'
import styles from './ExpressionsPage.module.css'
import { FilterBar } from './filter/FilterBar.tsx'
import { FilterParts } from './filter/FilterParts.tsx'
import { readFilter, writeFilter, type ListFilter } from './filter/list-filter.ts'
import { useDraft } from './useDraft.ts'

export function ExpressionsPage() {
  const [source, setSource, finishSource] = useDraft()
  const field = useRef<HTMLTextAreaElement>(null)
  const [search, setSearch] = useSearchParams()
  const filter = readFilter(search)
  // A day later it is another one that is today.
  const day = useDay(filter.date?.kind === 'today' || filter.date?.kind === 'week')
  const onChange = useCallback(
    // Of two changes at once the second knows of the first.
    (change: Partial<ListFilter>) =>
      setSearch((address) => writeFilter({ ...readFilter(address), ...change }), { replace: true, keepScroll: true }),
    [setSearch],
  )
  const onSearch = useCallback((text: string) => onChange({ text }), [onChange])
  return (
    <div className={styles.page}>
      <title>{t('Expressions · Reckon')}</title>
      <section className={styles.compose} aria-labelledby="compose">
        <h1 id="compose">{t('What shall be computed?')}</h1>
        <ExpressionForm field={field} source={source} onSourceChange={setSource} onSubmitted={finishSource} />
      </section>
      <section className={styles.expressions} aria-labelledby="expressions">
        <h2 id="expressions">{t('Your expressions')}</h2>
        <FilterBar filter={filter} onChange={onChange} onSearch={onSearch} />
        <FilterParts filter={filter} onChange={onChange} />
        <ExpressionList
          key={JSON.stringify([filter, day])}
          filter={filter}
          onPickExample={(example) => {
            setSource(example)
            field.current?.focus()
          }}
        />
      </section>
    </div>
  )
}

function useDay(isWanted: boolean): string | null {
  const now = useNow()
  return isWanted ? formatDate(new Date(now).toISOString()) : null
}
