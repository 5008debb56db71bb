import { Link } from 'react-router'
import { Ago } from '../../components/Ago.tsx'
import { Elapsed } from '../../components/Elapsed.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { formatCount, formatNumber, splitExponent } from '../../format/number.ts'
import { expressionStatusLook, isUnfinished } from '../../format/status.ts'
import { graphql, readFragment, type FragmentOf, type ResultOf } from '../../graphql.ts'
import styles from './ExpressionItem.module.css'

export const ExpressionItemFragment = graphql(`
  fragment ExpressionItem_expression on Expression {
    id
    sourceBeginning(characters: 160)
    sourceLength
    status
    progress {
      completed
      total
    }
    result {
      decimal
      isDecimalExact
      rounded: decimal(digits: 16)
    }
    error {
      message
    }
    createdAt
    startedAt
    finishedAt
  }
`)

type Expression = ResultOf<typeof ExpressionItemFragment>

/** One of the user's expressions, in a list. */
export function ExpressionItem(props: { expression: FragmentOf<typeof ExpressionItemFragment> }) {
  const expression = readFragment(ExpressionItemFragment, props.expression)
  const { id, sourceBeginning, sourceLength, status, createdAt, startedAt, finishedAt } = expression
  return (
    <li className={styles.item}>
      <Link to={`/expressions/${encodeURIComponent(id)}`} className={styles.source}>
        {sourceBeginning}
        {sourceLength > sourceBeginning.length && '…'}
      </Link>
      <Outcome expression={expression} />
      <div className={styles.status}>
        <StatusBadge look={expressionStatusLook[status]} />
      </div>
      <p className={styles.times}>
        <Ago at={createdAt} />
        {startedAt !== null && status !== 'QUEUED' && (
          <>
            {' · '}
            <Elapsed from={startedAt} to={finishedAt} />
          </>
        )}
      </p>
    </li>
  )
}

/** A number longer than this is shown rounded. */
const shownNumberLength = 24

/** What does not fit goes from its digits, and never from its exponent. */
function Result({ result: { decimal, isDecimalExact, rounded } }: { result: NonNullable<Expression['result']> }) {
  const fits = decimal.length <= shownNumberLength
  const { digits, exponent } = splitExponent(fits ? decimal : rounded)
  return (
    <p className={styles.result}>
      <span className={styles.digits}>
        <span className={styles.equals}>{fits && isDecimalExact ? '=' : '≈'}</span> {formatNumber(digits)}
      </span>
      {exponent}
    </p>
  )
}

function Outcome({ expression: { status, progress, result, error } }: { expression: Expression }) {
  if (result) return <Result result={result} />
  if (error) return <p className={styles.error}>{error.message}</p>
  if (!isUnfinished(status)) return <p className={styles.count}>No result</p>
  return (
    <div className={styles.progress}>
      <ProgressBar {...progress} tone={expressionStatusLook[status].tone} label="Operations computed" />
      <span className={styles.count}>
        {formatCount(progress.completed)} of {formatCount(progress.total)}
      </span>
    </div>
  )
}
