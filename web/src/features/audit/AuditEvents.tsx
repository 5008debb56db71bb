import { useEffect, useState, useSyncExternalStore } from 'react'
import { now } from '../../clock.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { t } from '../../language/t.ts'
import { Link } from '../../routing/Link.tsx'
import { useUncached } from '../../transport/contexts.ts'
import { useReconnected } from '../../transport/useReconnected.ts'
import styles from './Audit.module.css'
import { AuditList, type AuditView } from './audit-list.ts'
import { AuditRow } from './AuditRow.tsx'
import { entriesOf } from './entries.ts'
import { isFiltering, variableOf, writeFilter, type AuditFilter } from './filter.ts'

/** The events that a filter leaves, newest first. Whose filter changes is another component. */
export function AuditEvents({ filter }: { filter: AuditFilter }) {
  const client = useUncached()
  const [list] = useState(() => new AuditList(client, variableOf(filter, now())))
  const view = useSyncExternalStore(list.view.subscribe, list.view.get)
  useEffect(() => void list.load('older'), [list])
  // What did not come while the server was away comes by itself.
  useReconnected(() => {
    const { failed } = list.view.get()
    if (failed !== null) void list.load(failed)
  })

  const linkTo = (id: string, email: string) => (
    <Link
      to={`/audit?${new URLSearchParams(writeFilter({ ...filter, person: id })).toString()}`}
      title={t('Show only what {email} did', { email })}
    >
      {email}
    </Link>
  )
  const { edges, hasOlder, loading, failed } = view
  return (
    <>
      <div className={styles.news}>
        <Button size="small" isBusy={loading === 'newer'} onClick={() => void list.load('newer')}>
          {t('Show what is new')}
        </Button>
        <span role="status">{newsSentence(view)}</span>
      </div>
      {edges.length > 0 && (
        <ol className={styles.list} aria-label={t('Audit log')}>
          {entriesOf(edges).map((entry) => (
            <AuditRow key={entry.cursor} entry={entry} names={view.names} linkTo={linkTo} />
          ))}
        </ol>
      )}
      {failed !== null && <Problem retry={() => void list.load(failed)} />}
      {edges.length === 0 && failed === null && (hasOlder ? <Skeleton height="22rem" /> : <Nothing filter={filter} />)}
      {edges.length > 0 && hasOlder && failed !== 'older' && (
        <div>
          <Button size="small" isBusy={loading === 'older'} onClick={() => void list.load('older')}>
            {t('Load more')}
          </Button>
        </div>
      )}
    </>
  )
}

const newsSentence = ({ news }: AuditView): string =>
  news === null ? '' : news === 0 ? t('Nothing new') : t('{count, plural, other {# new}}@@events', { count: news })

const Nothing = ({ filter }: { filter: AuditFilter }) => (
  <EmptyState title={isFiltering(filter) ? t('Nothing of that has happened') : t('Nothing has happened yet')}>
    {isFiltering(filter) && (
      <p>
        <Link to="/audit">{t('Show everything')}</Link>
      </p>
    )}
  </EmptyState>
)

const Problem = ({ retry }: { retry: () => void }) => (
  <Notice
    tone="error"
    action={
      <Button size="small" onClick={retry}>
        {t('Try again')}
      </Button>
    }
  >
    {t('The audit log could not be loaded.')}
  </Notice>
)
