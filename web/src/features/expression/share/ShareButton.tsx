import { useId, useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { t } from '../../../language/t.ts'
import { ShareLinks } from './ShareLinks.tsx'
import styles from './ShareLinks.module.css'

/** Opens what lets others watch an expression, and closes it. */
export function ShareButton({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false)
  const panelId = useId()
  return (
    <>
      <Button size="small" aria-expanded={isOpen} aria-controls={panelId} onClick={() => setOpen(!isOpen)}>
        {t('Share')}
      </Button>
      <div id={panelId} className={styles.panel} hidden={!isOpen}>
        {isOpen && <ShareLinks id={id} />}
      </div>
    </>
  )
}
