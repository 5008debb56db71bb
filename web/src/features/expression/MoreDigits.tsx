import { useState } from 'react'
import { useQuery } from 'urql'
import { Button } from '../../components/Button.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { noDataText } from '../../components/server-text.tsx'
import { Notice } from '../../components/Notice.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import styles from './MoreDigits.module.css'

const MoreDigitsQuery = graphql(`
  query MoreDigits($id: ID!) {
    expression(id: $id) {
      id
      result {
        manyDigits: decimal(digits: 1000)
      }
    }
  }
`)

/** A thousand digits, asked for by those who want them. */
export function MoreDigits({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false)
  const [{ data, fetching, error }, ask] = useQuery({ query: MoreDigitsQuery, variables: { id }, pause: !isOpen })
  const digits = data?.expression?.result?.manyDigits
  function open() {
    if (isOpen) ask({ requestPolicy: 'network-only' })
    else setOpen(true)
  }
  if (digits === undefined || !isOpen)
    return (
      <div className={styles.offer}>
        <Button size="small" look="quiet" isBusy={fetching} onClick={open}>
          {t('Show 1,000 digits')}
        </Button>
        {error && !fetching && <Notice tone="error">{noDataText(error, t('Could not reach the server.'))}</Notice>}
      </div>
    )
  return (
    <div className={styles.more}>
      <p className={styles.digits} tabIndex={0} role="region" aria-label={t('1,000 digits')}>
        {digits}
      </p>
      <CopyButton text={digits} label={t('Copy 1,000 digits')} />
    </div>
  )
}
