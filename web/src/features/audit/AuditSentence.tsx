import type { ReactNode } from 'react'
import { operationTitle } from '../../format/operation.ts'
import { t, tx } from '../../language/t.ts'
import styles from './Audit.module.css'
import { countIn, durationChanges, refusalIn } from './details.ts'
import type { AuditEvent } from './documents.ts'
import { kindTitle } from './kinds.ts'
import { sentences } from './sentences.ts'
import { isAboutAgent, subjectOf } from './subjects.ts'

interface Props {
  event: AuditEvent
  names: ReadonlyMap<string, string | null>
  /** A way to what somebody did, under their name. */
  linkTo: (personId: string, email: string) => ReactNode
}

export function AuditSentence({ event, names, linkTo }: Props) {
  const { kind, actorId, count } = event
  if (isCounted(event))
    return t('{title}: {count} more in a minute, which were only counted', { title: t(kindTitle(kind)), count })
  const detail = event.detail ?? ''
  const actor = actorId === null ? null : (names.get(actorId) ?? null)
  const { reason, email } = refusalIn(detail)
  return tx(sentences[kind], {
    who: actorId === null ? t('Somebody') : actor === null ? t('A user who is gone') : linkTo(actorId, actor),
    whom: <Subject event={event} names={names} linkTo={linkTo} />,
    detail: <Name>{detail}</Name>,
    told: <span lang="en">{detail}</span>,
    email: <Name>{email}</Name>,
    reason,
    role: detail,
    count: countIn(detail),
    own: isOwn(event) ? 'yes' : 'no',
    durations: <Durations detail={detail} />,
  })
}

/** Of a flood the first are written down one by one, and the others as one event that has nothing but its kind. */
const isCounted = ({ actorId, subjectId, address, detail }: AuditEvent): boolean =>
  actorId === null && subjectId === null && address === null && detail === null

const isOwn = (event: AuditEvent): boolean => event.actorId !== null && event.actorId === subjectOf(event)

function Subject({ event, names, linkTo }: Props) {
  const id = subjectOf(event)
  const name = id === null ? null : (names.get(id) ?? null)
  if (isAboutAgent(event.kind)) return name === null ? t('that is gone@@agent') : <Name>{name}</Name>
  return id === null || name === null ? t('a user who is gone') : linkTo(id, name)
}

const Name = ({ children }: { children: string }) => <bdi className={styles.name}>{children}</bdi>

function Durations({ detail }: { detail: string }) {
  const changes = durationChanges(detail)
  // What an earlier version wrote otherwise is shown as it is.
  if (changes.length === 0) return <Name>{detail}</Name>
  return changes.map(({ name, beforeMs, afterMs }, place) => (
    <span key={name}>
      {place > 0 && '; '}
      {tx('{name} from {before} to {after} ms', {
        name: <Name>{operationTitle(name)}</Name>,
        before: beforeMs,
        after: afterMs,
      })}
    </span>
  ))
}
