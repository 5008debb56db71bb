import type { CombinedError } from 'urql'
import { Button } from '../../components/Button.tsx'
import { MessagePage } from '../../components/MessagePage.tsx'
import { graphQLErrorText } from '../../components/server-text.tsx'
import { t } from '../../language/t.ts'
import { useReconnected } from '../../transport/useReconnected.ts'

/** In place of an expression that could not be asked for. It is asked for again when one wants, and when the connection is back. */
export function NotLoaded({ error, retry }: { error: CombinedError; retry: () => void }) {
  useReconnected(retry)
  const [reason] = error.graphQLErrors
  return (
    <MessagePage title={t('This expression could not be loaded')}>
      {reason && <p>{graphQLErrorText(reason)}</p>}
      <Button onClick={retry}>{t('Try again')}</Button>
    </MessagePage>
  )
}
