import { useEffect } from 'react'
import { Button } from '../components/Button.tsx'
import { t } from '../language/t.ts'
import { useSession } from '../transport/contexts.ts'
import { Brand } from './Brand.tsx'
import { MessagePage } from '../components/MessagePage.tsx'

const retryEveryMs = 5000

/** The page is here but its server does not answer: it is asked again until it does. */
export function UnreachableServer() {
  const session = useSession()

  useEffect(() => {
    const timer = setInterval(() => void session.refresh(), retryEveryMs)
    return () => clearInterval(timer)
  }, [session])

  return (
    <MessagePage title={t('The server does not answer')}>
      <title>{t('Offline · Reckon')}</title>
      <Brand />
      <p role="status">{t('Trying again every few seconds. What was submitted goes on being computed.')}</p>
      <Button onClick={() => void session.refresh()}>{t('Try now')}</Button>
    </MessagePage>
  )
}
