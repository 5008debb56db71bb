import { useCallback, useState } from 'react'
import { useSubscription } from 'urql'
import { EmptyState } from '../../components/EmptyState.tsx'
import { graphql } from '../../graphql.ts'
import { Examples } from './Examples.tsx'
import { ExpressionItemFragment } from './ExpressionItem.tsx'
import styles from './ExpressionList.module.css'
import { ListPage } from './ListPage.tsx'
import { variableOf, type ListFilter } from './list-filter.ts'

const ExpressionsSubscription = graphql(
  `
    subscription ExpressionsChanged {
      expressionsChanged {
        id
        version
        status
        createdAt
        ...ExpressionItem_expression
      }
    }
  `,
  [ExpressionItemFragment],
)

interface Props {
  filter: ListFilter
  onPickExample: (source: string) => void
}

/** A page by where it begins. */
interface KnownPage {
  readonly after: string | null
  /** Null before it was loaded. */
  readonly count: number | null
}

/** Where a page ends elsewhere than it did, the pages beyond begin anew: what lay between would be missing, or there twice. */
function noted(pages: readonly KnownPage[], after: string | null, count: number, next: string | null) {
  const place = pages.findIndex((page) => page.after === after)
  const page = pages[place]
  if (page === undefined) return pages
  const isSame = (pages[place + 1]?.after ?? null) === next
  if (isSame && page.count === count) return pages
  const beyond = isSame ? pages.slice(place + 1) : next === null ? [] : [{ after: next, count: null }]
  return [...pages.slice(0, place), { after, count }, ...beyond]
}

/** The user's expressions, newest first, live. A page that comes into sight brings the place of the next. */
export function ExpressionList({ filter, onPickExample }: Props) {
  const [pages, setPages] = useState<readonly KnownPage[]>([{ after: null, count: null }])
  // It writes to the cache, from which the pages are read anew.
  useSubscription({ query: ExpressionsSubscription })

  const note = useCallback((after: string | null, count: number, next: string | null) => {
    setPages((pages) => noted(pages, after, count, next))
  }, [])

  const isEmpty = pages.every(({ count }) => count === 0)
  return (
    <>
      {isEmpty && <Nothing filter={filter} onPickExample={onPickExample} />}
      {/* Empty, too, they wait for what is submitted. */}
      <div className={styles.list} data-empty={isEmpty || undefined}>
        {pages.map(({ after }) => (
          <NotedPage key={after} filter={filter} after={after} note={note} />
        ))}
      </div>
    </>
  )
}

function Nothing({ filter, onPickExample }: Props) {
  if (filter.text !== '') return <EmptyState title="None of your expressions here contains this text" />
  if (variableOf(filter) !== null) return <EmptyState title="None of your expressions is in this state" />
  return (
    <EmptyState title="Nothing here yet">
      <p>Write an expression above, or begin with one of these:</p>
      <Examples onPick={onPickExample} />
    </EmptyState>
  )
}

interface NotedPageProps {
  filter: ListFilter
  after: string | null
  note: (after: string | null, count: number, next: string | null) => void
}

function NotedPage({ filter, after, note }: NotedPageProps) {
  const onLoaded = useCallback((count: number, next: string | null) => note(after, count, next), [after, note])
  return <ListPage filter={filter} after={after} onLoaded={onLoaded} />
}
