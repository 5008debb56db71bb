import { CopyButton } from '../../components/CopyButton.tsx'
import { formatNumber } from '../../format/number.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { MoreDigits } from './MoreDigits.tsx'
import { copyLabel, formTitle, resultForms, type ResultForm } from './result-forms.ts'
import styles from './ResultPanel.module.css'

export const LiveResultFragment = graphql(`
  fragment LiveResult_expression on Expression {
    result {
      decimal
      fraction
      repeating
      isDecimalExact
    }
  }
`)

export const ResultPanelFragment = graphql(
  `
    fragment ResultPanel_expression on Expression {
      id
      ...LiveResult_expression
    }
  `,
  [LiveResultFragment],
)

/** The result in each form that says something of its own. */
export function ResultPanel(props: { expression: FragmentOf<typeof ResultPanelFragment> }) {
  const expression = readFragment(ResultPanelFragment, props.expression)
  const { result } = readFragment(LiveResultFragment, expression)
  if (!result) return null
  // Of a whole number all digits are there.
  const hasMoreDigits = !result.isDecimalExact && result.fraction.includes('/')
  return (
    <section className={styles.result} aria-labelledby="result">
      <h2 id="result" className="visually-hidden">
        {t('Result')}
      </h2>
      <dl className={styles.forms}>
        {resultForms(result).map((form, place) => (
          <Form key={form.kind} {...form} isMain={place === 0} />
        ))}
      </dl>
      {hasMoreDigits && <MoreDigits id={expression.id} />}
    </section>
  )
}

function Form({ kind, sign, text, isMain }: ResultForm & { isMain: boolean }) {
  return (
    <div className={styles.form} data-main={isMain || undefined}>
      <dt className={styles.name}>{formTitle(kind)}</dt>
      <dd className={styles.value}>
        <span className={styles.text}>
          <span className={styles.sign}>{sign}</span> {formatNumber(text)}
        </span>
        <CopyButton text={text} label={copyLabel(kind)} />
      </dd>
    </div>
  )
}
