import { Ago } from '../../components/Ago.tsx'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
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
  const results = refusedResults === 1 ? '1 result that cannot be' : `${refusedResults} results that cannot be`
  return (
    <p className={styles.refusals} data-suspended={suspendedAt !== null || undefined}>
      {suspendedAt !== null && (
        <>
          Set aside <Ago at={suspendedAt} />:{' '}
        </>
      )}
      it returned {results}. The last: {lastRefusal}
    </p>
  )
}
