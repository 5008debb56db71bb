import { useEffect, useState } from 'react'
import { basePath } from '../base-path.ts'
import { Button } from '../components/Button.tsx'
import { MessagePage } from '../components/MessagePage.tsx'
import { t } from '../language/t.ts'

const askEveryMs = 3000

/** Whether the server was seen not to answer, on this visit. */
let wasAway = false

/**
 * Stands in for a page whose code did not come. A browser may keep it that a module or a stylesheet failed, so it comes by loading all anew:
 * by itself once a server answers again that did not; else when asked, lest a page that never comes is loaded for ever.
 */
export function UnloadedPage() {
  const [isAway, setAway] = useState(false)

  useEffect(() => {
    const ask = () => void reloadIfAnswers(() => wasAway).then((answers) => setAway(!answers))
    ask()
    const timer = setInterval(ask, askEveryMs)
    window.addEventListener('online', ask)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', ask)
    }
  }, [])

  return (
    <MessagePage title={t('This page has not loaded')}>
      <title>{t('Not loaded · Reckon')}</title>
      <p role="status">
        {isAway ? t('The server does not answer. The page comes by itself when it does.') : t('Its code did not come.')}
      </p>
      <Button look="primary" onClick={() => void reloadIfAnswers(() => true)}>
        {t('Try again')}
      </Button>
    </MessagePage>
  )
}

/** Loaded anew while nobody answers, all of the page would be gone. */
async function reloadIfAnswers(isWanted: () => boolean): Promise<boolean> {
  const answers = await fetch(`${basePath}/health`, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (answers && isWanted()) location.reload()
  wasAway ||= !answers
  return answers
}
