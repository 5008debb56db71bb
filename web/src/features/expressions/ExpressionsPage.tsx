import { useCallback, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { ExpressionForm } from './ExpressionForm.tsx'
import { ExpressionList } from './ExpressionList.tsx'
import styles from './ExpressionsPage.module.css'
import { readFilter, writeFilter } from './list-filter.ts'
import { SearchField } from './SearchField.tsx'
import { statusFilters } from './status-filter.ts'
import { useDraft } from './useDraft.ts'

export function ExpressionsPage() {
  const [source, setSource] = useDraft()
  const field = useRef<HTMLTextAreaElement>(null)
  const [search, setSearch] = useSearchParams()
  const filter = readFilter(search)
  const onSearch = useCallback(
    (text: string) =>
      setSearch((address) => writeFilter({ ...readFilter(address), text }), {
        replace: true,
        preventScrollReset: true,
      }),
    [setSearch],
  )
  return (
    <div className={styles.page}>
      <title>Expressions · Reckon</title>
      <section className={styles.compose} aria-labelledby="compose">
        <h1 id="compose">What shall be computed?</h1>
        <ExpressionForm field={field} source={source} onSourceChange={setSource} />
      </section>
      <section className={styles.expressions} aria-labelledby="expressions">
        <header className={styles.header}>
          <h2 id="expressions">Your expressions</h2>
          <SearchField text={filter.text} onSearch={onSearch} />
          <SegmentedControl
            label="Show"
            options={statusFilters}
            value={filter.status}
            onChange={(status) =>
              setSearch(writeFilter({ ...filter, status }), { replace: true, preventScrollReset: true })
            }
          />
        </header>
        <ExpressionList
          key={JSON.stringify(filter)}
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
