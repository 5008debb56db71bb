import { useRouteError } from 'react-router'
import { Button } from '../components/Button.tsx'
import { MessagePage } from '../components/MessagePage.tsx'

/** Stands in for a page that failed by a bug of ours, or whose code could not be loaded. */
export function ErrorPage() {
  const error = useRouteError()
  return (
    <MessagePage title="This page has failed">
      <title>Failed · Reckon</title>
      <p role="alert">{error instanceof Error ? error.message : 'An unknown error.'}</p>
      <p>Your expressions are safe: they are computed on the server.</p>
      <Button look="primary" onClick={() => location.reload()}>
        Load it again
      </Button>
    </MessagePage>
  )
}
