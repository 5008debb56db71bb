import { Suspense, useEffect, useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { lazyPart } from '../../components/lazy-part.tsx'
import { Notice } from '../../components/Notice.tsx'
import { formatDateTime } from '../../format/time.ts'
import { t, tx } from '../../language/t.ts'
import { Link } from '../../routing/Link.tsx'
import { useSessionState, useUncached } from '../../transport/contexts.ts'
import { ListActions } from './actions/list-actions.ts'
import { NoticeLine } from './actions/NoticeLine.tsx'
import { useDeletedBefore } from './actions/useDeletedBefore.ts'
import { Examples } from './Examples.tsx'
import styles from './ExpressionList.module.css'
import { isFiltering, type ListFilter } from './filter/list-filter.ts'
import { orderNamed } from './filter/list-order.ts'
import { ExpressionGrid } from './grid/ExpressionGrid.tsx'
import type { ListView } from './rows/list-view.ts'
import { useLiveList } from './rows/useLiveList.ts'
import { isNothing } from './selection/row-selection.ts'
import { useRowSelection } from './selection/useRowSelection.ts'

const SelectionBar = lazyPart(() => import('./selection/SelectionBar.tsx'))

interface Props {
  filter: ListFilter
  onPickExample: (source: string) => void
}

/** The user's expressions, live, with what can be done to them. */
export function ExpressionList({ filter, onPickExample }: Props) {
  const client = useUncached()
  const shown = useLiveList(filter)
  const { live, view } = shown
  const [actions] = useState(
    () => new ListActions(client, shown, { client, filter: shown.variable, order: orderNamed(filter.order) }),
  )
  useDeletedBefore(actions)
  const chosen = useRowSelection(live)
  const { isWhole, size } = live.list
  const isEmpty = size === 0 && (isWhole || view.phase === 'failed')
  // What else a page has to do goes first: the bar is there when something is selected.
  useEffect(() => void import('./selection/SelectionBar.tsx').catch(() => {}), [])
  return (
    <div className={styles.list}>
      <p className={styles.count} role="status">
        {countSentence(view, filter)}
      </p>
      {isEmpty && view.phase === 'ready' && <Nothing filter={filter} onPickExample={onPickExample} />}
      {!isEmpty && <ExpressionGrid live={live} view={view} chosen={chosen} actions={actions} />}
      {view.phase === 'failed' && <Problem reason={view.problem} retry={() => live.retry()} />}
      {!isWhole && view.searchedTo !== null && (
        <p className={styles.count}>{t('Looked through to {when}', { when: formatDateTime(view.searchedTo) })}</p>
      )}
      <div className={styles.dock} data-dock>
        <NoticeLine actions={actions} />
        {!isNothing(chosen.selection) && (
          <Suspense fallback={null}>
            <SelectionBar chosen={chosen} all={view.count} actions={actions} />
          </Suspense>
        )}
      </div>
    </div>
  )
}

function countSentence({ count, phase }: ListView, filter: ListFilter): string {
  if (count === null || phase === 'loading' || (count.total === 0 && count.isExact)) return ''
  const { total } = count
  const isFiltered = isFiltering(filter)
  if (!count.isExact)
    return isFiltered
      ? t('More than {count} match', { count: total })
      : t('More than {count} expressions', { count: total })
  return isFiltered
    ? t('{count, plural, one {# matches} other {# match}}', { count: total })
    : t('{count, plural, one {# expression} other {# expressions}}', { count: total })
}

function Nothing({ filter, onPickExample }: Props) {
  const state = useSessionState()
  if (isFiltering(filter)) return <EmptyState title={t('None of your expressions matches')} />
  if (filter.order !== 'newest') return <EmptyState title={t('None of your expressions has ended')} />
  return (
    <EmptyState title={t('Nothing here yet')}>
      <p>{t('Write an expression above, or begin with one of these:')}</p>
      <Examples onPick={onPickExample} />
      {state.status === 'signed-in' && state.user.role === 'ADMIN' && (
        <p>
          {tx(
            'You are an admin here: you set <operations>how long everything takes</operations> and let <agents>other machines</agents> compute.',
            {
              operations: (inside) => <Link to="/operations">{inside}</Link>,
              agents: (inside) => <Link to="/agents">{inside}</Link>,
            },
          )}
        </p>
      )}
    </EmptyState>
  )
}

function Problem({ reason, retry }: { reason: string | null; retry: () => void }) {
  return (
    <Notice
      tone="error"
      action={
        <Button size="small" onClick={retry}>
          {t('Try again')}
        </Button>
      }
    >
      {t('Your expressions could not be loaded.')} {reason}
    </Notice>
  )
}
