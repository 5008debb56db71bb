import { Button } from '../components/Button.tsx'
import { MessagePage } from '../components/MessagePage.tsx'
import { t } from '../language/t.ts'

/** Stands in for a page that failed by a bug of ours, or whose code could not be loaded. */
export function ErrorPage({ error }: { error: unknown }) {
  return (
    <MessagePage title={t('This page has failed')}>
      <title>{t('Failed · Reckon')}</title>
      <p role="alert">{error instanceof Error ? error.message : t('An unknown error.')}</p>
      <p>{t('Your expressions are safe: they are computed on the server.')}</p>
      <Button look="primary" onClick={() => location.reload()}>
        {t('Load it again')}
      </Button>
    </MessagePage>
  )
}
