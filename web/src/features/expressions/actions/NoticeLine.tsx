import { useSyncExternalStore } from 'react'
import { Button } from '../../../components/Button.tsx'
import { expressionPath } from '../../../format/expression-path.ts'
import { t } from '../../../language/t.ts'
import { Link } from '../../../routing/Link.tsx'
import type { ListActions } from './list-actions.ts'
import styles from './NoticeLine.module.css'

/** What became of the last thing that was done, with the way back. It stays until one has read it. */
export function NoticeLine({ actions }: { actions: ListActions }) {
  const notice = useSyncExternalStore(actions.notice.subscribe, actions.notice.get)
  return (
    <div
      className={styles.line}
      role="status"
      data-tone={notice?.tone === 'error' ? 'failed' : 'waiting'}
      hidden={!notice}
    >
      {notice && (
        <>
          <p className={styles.sentence}>{notice.sentence}</p>
          <div className={styles.actions}>
            {notice.leadsTo !== undefined && <Link to={expressionPath(notice.leadsTo)}>{t('Open')}</Link>}
            {notice.undo && (
              <Button size="small" onClick={notice.undo}>
                {t('Undo')}
              </Button>
            )}
            {notice.stop ? (
              <Button size="small" onClick={notice.stop}>
                {t('Stop')}
              </Button>
            ) : (
              <Button size="small" look="quiet" aria-label={t('Close this message')} onClick={() => actions.say(null)}>
                ×
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  )
}
