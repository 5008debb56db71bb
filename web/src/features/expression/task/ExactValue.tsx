import { useQuery } from 'urql'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { formatNumber } from '../../../format/number.ts'
import { graphql } from '../../../graphql.ts'
import { t } from '../../../language/t.ts'
import { copyLabel, resultForms } from '../result-forms.ts'
import styles from './TaskPanel.module.css'

const ExactValueQuery = graphql(`
  query ExactValue($id: ID!) {
    node(id: $id) {
      __typename
      ... on Task {
        id
        result {
          decimal
          fraction
          repeating
          isDecimalExact
        }
      }
    }
  }
`)

/** The result of one task in full, asked for when somebody looks: of all together it would be too much. */
export function ExactValue({ id, short }: { id: string; short: string }) {
  const [{ data }] = useQuery({ query: ExactValueQuery, variables: { id }, requestPolicy: 'cache-and-network' })
  const result = data?.node?.__typename === 'Task' && data.node.id === id ? data.node.result : null
  if (!result) return <dd className={styles.exact}>{formatNumber(short)}</dd>
  return resultForms(result).map(({ kind, sign, text }) => (
    <dd key={kind} className={styles.exact}>
      <span className={styles.text}>
        {sign} {formatNumber(text)}
      </span>
      <CopyButton text={text} label={t('{copy} of this operation', { copy: copyLabel(kind) })} />
    </dd>
  ))
}
