import { useRef } from 'react'
import { useSearchParams } from 'react-router'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { ExpressionForm } from './ExpressionForm.tsx'
import { ExpressionList } from './ExpressionList.tsx'
import styles from './ExpressionsPage.module.css'
import { parseStatusFilter, statusFilters } from './status-filter.ts'
import { useDraft } from './useDraft.ts'

export function ExpressionsPage() {
  const [source, setSource] = useDraft()
  const field = useRef<HTMLTextAreaElement>(null)
  const [search, setSearch] = useSearchParams()
  const filter = parseStatusFilter(search.get('status'))
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
          <SegmentedControl
            label="Show"
            options={statusFilters}
            value={filter}
            onChange={(value) =>
              setSearch(value === 'all' ? {} : { status: value }, { replace: true, preventScrollReset: true })
            }
          />
        </header>
        <ExpressionList
          key={filter}
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
