import { ProgressBar } from '../../../components/ProgressBar.tsx'
import { serverText } from '../../../components/server-text.tsx'
import { formatNumber, splitExponent } from '../../../format/number.ts'
import { expressionStatusLook, isUnfinished } from '../../../format/status.ts'
import { t } from '../../../language/t.ts'
import type { Row } from '../rows/row.ts'
import styles from './RowOutcome.module.css'

/** What an expression has come to: its result, its error, or how far it is. */
export function RowOutcome({ row: { status, progress, result, error } }: { row: Row }) {
  if (result) return <Result result={result} />
  if (error) return <span className={styles.error}>{serverText({ ...error, position: error.span?.position })}</span>
  if (!isUnfinished(status)) return <span className={styles.count}>{t('No result')}</span>
  return (
    <div className={styles.progress}>
      <ProgressBar {...progress} tone={expressionStatusLook[status].tone} label={t('Operations computed')} />
      <span className={styles.count}>
        {t('{completed} of {total}', { completed: progress.completed, total: progress.total })}
      </span>
    </div>
  )
}

/** A number longer than this is shown rounded. */
const shownNumberLength = 24

/** What does not fit goes from its digits, and never from its exponent. */
function Result({ result: { decimal, isDecimalExact, rounded } }: { result: NonNullable<Row['result']> }) {
  const fits = decimal.length <= shownNumberLength
  const { digits, exponent } = splitExponent(fits ? decimal : rounded)
  return (
    <span className={styles.result}>
      <span className={styles.digits}>
        <span className={styles.equals}>{fits && isDecimalExact ? '=' : '≈'}</span> {formatNumber(digits)}
      </span>
      {exponent}
    </span>
  )
}
