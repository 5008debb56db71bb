import { useQuery } from 'urql'
import { Fact, Facts } from '../../components/Facts.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { formatCount } from '../../format/number.ts'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import styles from './Audit.module.css'

const LimitsQuery = graphql(`
  query Limits {
    serverInfo {
      limits {
        maxSourceLength
        maxOperations
        maxDigits
        maxTotalDigits
      }
    }
    registration {
      mode
    }
  }
`)

/** For admins: what the operator allows, which no page can change. */
export default function Limits() {
  const [{ data, error }] = useQuery({ query: LimitsQuery })
  const limits = data?.serverInfo.limits
  return (
    <Panel title={t('Limits')}>
      <p className={styles.explanation}>
        {t(
          'What an expression may be at most, whoever submits it. Who operates the server sets it, in its environment.',
        )}
      </p>
      {limits ? (
        <Facts>
          <Fact name={t('Characters of its source')}>{formatCount(limits.maxSourceLength)}</Fact>
          <Fact name={t('Operations in it')}>{formatCount(limits.maxOperations)}</Fact>
          <Fact name={t('Digits of one number, also of a result')}>{formatCount(limits.maxDigits)}</Fact>
          <Fact name={t('Digits of all numbers in its source')}>{formatCount(limits.maxTotalDigits)}</Fact>
          <Fact name={t('Who may register')}>{registrationText(data.registration.mode)}</Fact>
        </Facts>
      ) : error ? (
        <Notice tone="error">{t('The limits could not be loaded.')}</Notice>
      ) : (
        <Skeleton height="4rem" />
      )}
    </Panel>
  )
}

function registrationText(mode: 'OPEN' | 'FIRST' | 'CLOSED'): string {
  switch (mode) {
    case 'OPEN':
      return t('everybody')
    case 'FIRST':
    case 'CLOSED':
      return t('who is invited')
    default:
      return mode satisfies never
  }
}
