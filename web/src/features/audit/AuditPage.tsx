import { t } from '../../language/t.ts'
import { useSearchParams } from '../../routing/hooks.ts'
import styles from './Audit.module.css'
import { AuditEvents } from './AuditEvents.tsx'
import { AuditFilterBar } from './AuditFilterBar.tsx'
import { readFilter, writeFilter } from './filter.ts'

/** For admins: who did what to whom, when and from where. */
export function AuditPage() {
  const [search, setSearch] = useSearchParams()
  const filter = readFilter(search)
  return (
    <div className={styles.page}>
      <title>{t('Audit log · Reckon')}</title>
      <header className={styles.header}>
        <h1>{t('Audit log')}</h1>
        <p className={styles.explanation}>
          {t('What happened to accounts, and what admins did. The newest stands first.')}
        </p>
      </header>
      <AuditFilterBar
        filter={filter}
        onChange={(change) => setSearch((address) => writeFilter({ ...readFilter(address), ...change }))}
      />
      <AuditEvents key={JSON.stringify(filter)} filter={filter} />
    </div>
  )
}
