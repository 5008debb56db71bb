import type { ReactNode } from 'react'
import { formatDateTime } from '../../format/time.ts'
import { t } from '../../language/t.ts'
import styles from './Audit.module.css'
import { AuditSentence } from './AuditSentence.tsx'
import type { Entry } from './entries.ts'

interface Props {
  entry: Entry
  names: ReadonlyMap<string, string | null>
  linkTo: (personId: string, email: string) => ReactNode
}

/** Who did what to whom, when and from where. */
export function AuditRow({ entry: { event, times, since }, names, linkTo }: Props) {
  const { at, address } = event
  return (
    <li className={styles.row}>
      <time className={styles.when} dateTime={at}>
        {formatDateTime(at)}
      </time>
      <div className={styles.what}>
        <AuditSentence event={event} names={names} linkTo={linkTo} />
        {times > 1 && (
          <span className={styles.times}>
            {t('{count, plural, one {# time} other {# times}} since {when}', {
              count: times,
              when: formatDateTime(since),
            })}
          </span>
        )}
      </div>
      <span className={styles.address}>{address !== null && t('from {address}', { address })}</span>
    </li>
  )
}
