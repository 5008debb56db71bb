import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../components/Button.tsx'
import { LanguageSwitch } from '../language/LanguageSwitch.tsx'
import { t } from '../language/t.ts'
import { Link } from '../routing/Link.tsx'
import { useSession, useSessionState } from '../transport/contexts.ts'
import { openDialog } from './commands/open-dialog.ts'
import { ServerVersion } from './ServerVersion.tsx'
import styles from './UserMenu.module.css'

export function UserMenu() {
  const session = useSession()
  const state = useSessionState()
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const panelId = useId()

  useEffect(() => {
    if (!isOpen) return
    const closeOutside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', closeOutside)
    document.addEventListener('focusin', closeOutside)
    return () => {
      document.removeEventListener('pointerdown', closeOutside)
      document.removeEventListener('focusin', closeOutside)
    }
  }, [isOpen])

  if (state.status !== 'signed-in') return <span className={styles.placeholder} />
  const { email, role } = state.user
  return (
    <div
      ref={root}
      className={styles.menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        setOpen(false)
        root.current?.querySelector('button')?.focus()
      }}
    >
      <button
        type="button"
        className={styles.trigger}
        aria-label={t('Account of {email}', { email })}
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => setOpen(!isOpen)}
      >
        {email.slice(0, 1).toUpperCase()}
      </button>
      <div id={panelId} className={styles.panel} hidden={!isOpen}>
        <p className={styles.email}>{email}</p>
        <p className={styles.role}>{role === 'ADMIN' ? t('Admin') : t('User')}</p>
        <Link to="/account" className={styles.link} onClick={() => setOpen(false)}>
          {t('Password and sessions')}
        </Link>
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            setOpen(false)
            openDialog('palette')
          }}
        >
          {t('Commands and shortcuts')}
        </Button>
        <Button size="small" onClick={() => void session.signOut()}>
          {t('Sign out')}
        </Button>
        <LanguageSwitch />
        {isOpen && <ServerVersion />}
      </div>
    </div>
  )
}
