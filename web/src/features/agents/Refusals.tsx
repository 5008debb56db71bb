import { Ago } from '../../components/Ago.tsx'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { tx } from '../../language/t.ts'
import styles from './Refusals.module.css'

export const RefusalsFragment = graphql(`
  fragment Refusals_agent on Agent {
    suspendedAt
    refusedResults
    lastRefusal
  }
`)

/** What is held against an agent; nothing where there is nothing. */
export function Refusals(props: { agent: FragmentOf<typeof RefusalsFragment> }) {
  const { suspendedAt, refusedResults, lastRefusal } = readFragment(RefusalsFragment, props.agent)
  if (refusedResults === 0) return null
  return (
    <p className={styles.refusals} data-suspended={suspendedAt !== null || undefined}>
      {tx(
        '{isSuspended, select, yes {Set aside {when}: it returned} other {It returned}} {count, plural, one {# result that cannot be} other {# results that cannot be}}. The last: <last>{lastRefusal}</last>',
        {
          isSuspended: suspendedAt === null ? 'no' : 'yes',
          when: suspendedAt !== null && <Ago at={suspendedAt} />,
          count: refusedResults,
          lastRefusal,
          last: (inside) => <span lang="en">{inside}</span>,
        },
      )}
    </p>
  )
}
