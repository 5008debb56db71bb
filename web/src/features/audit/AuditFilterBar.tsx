import { useQuery } from 'urql'
import { DateField } from '../../components/filter/DateField.tsx'
import fields from '../../components/filter/fields.module.css'
import type { AuditEventKind } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import styles from './Audit.module.css'
import { AuditNamesQuery, AuditPeopleQuery } from './documents.ts'
import type { AuditFilter } from './filter.ts'
import { kindGroups, writeKind } from './kinds.ts'

interface Props {
  filter: AuditFilter
  onChange: (change: Partial<AuditFilter>) => void
}

/** Which events are listed: of what kind, by whom, of which days. */
export function AuditFilterBar({ filter, onChange }: Props) {
  return (
    <div className={styles.bar} role="search" aria-label={t('Audit log')}>
      <select
        className={fields.select}
        aria-label={t('What happened')}
        value={filter.kind}
        onChange={({ target }) => onChange({ kind: target.value })}
      >
        <option value="">{t('Everything@@audit')}</option>
        {kindGroups.map(({ value, title, kinds }) => (
          <optgroup key={value} label={t(title)}>
            <option value={value}>{t('{group}: all', { group: t(title) })}</option>
            {Object.entries(kinds).map(([kind, name]) => (
              <option key={kind} value={writeKind(kind as AuditEventKind)}>
                {t(name)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <PersonField person={filter.person} onChange={(person) => onChange({ person })} />
      <DateField label={t('When it happened')} filter={filter.date} onChange={(date) => onChange({ date })} />
    </div>
  )
}

/** The first hundred to register, and whoever is chosen: others are chosen by their name in the log. */
function PersonField({ person, onChange }: { person: string; onChange: (person: string) => void }) {
  const [{ data }] = useQuery({ query: AuditPeopleQuery })
  const [{ data: chosen }] = useQuery({ query: AuditNamesQuery, variables: { ids: [person] }, pause: person === '' })
  const people = data?.users?.edges.map(({ node }) => node) ?? []
  const node = chosen?.nodes[0]
  const email = node?.__typename === 'User' ? node.email : t('A user who is gone')
  return (
    <select
      className={fields.select}
      aria-label={t('Who did it')}
      value={person}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{t('Anybody')}</option>
      {person !== '' && people.every(({ id }) => id !== person) && <option value={person}>{email}</option>}
      {people.map(({ id, email }) => (
        <option key={id} value={id}>
          {email}
        </option>
      ))}
    </select>
  )
}
