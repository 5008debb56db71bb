import { useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { Modal } from '../../components/Modal.tsx'
import { gridKeys } from '../../features/expressions/grid/grid-keys.ts'
import { t } from '../../language/t.ts'
import styles from './CommandPalette.module.css'
import { commands } from './commands.ts'
import { Keys } from './Keys.tsx'
import { areSingleKeysOn, turnSingleKeys } from './single-keys.ts'

/** All shortcuts. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const [isOn, setOn] = useState(areSingleKeysOn)
  return (
    <Modal label={t('Shortcuts')} onClose={onClose}>
      <div className={styles.overview}>
        <h2>{t('Shortcuts')}</h2>
        <dl className={styles.rows}>
          <Row title={t('Find a command or an expression')} keys="Ctrl K" />
          <Row title={t('Begin an expression where nothing has the focus')} keys="0–9" />
          {commands.map(({ title, keys }) => keys !== null && <Row key={keys} title={t(title)} keys={keys} />)}
        </dl>
        <h3>{t('In the list of expressions')}</h3>
        <dl className={styles.rows}>
          {gridKeys.map(({ title, keys }) => (
            <Row key={keys} title={t(title)} keys={keys} />
          ))}
        </dl>
        <label className={styles.option}>
          <input
            type="checkbox"
            checked={isOn}
            onChange={({ target }) => {
              turnSingleKeys(target.checked)
              setOn(target.checked)
            }}
          />
          {t('Shortcuts without Ctrl')}
        </label>
        <div>
          <Button size="small" autoFocus onClick={onClose}>
            {t('Close')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

const Row = ({ title, keys }: { title: string; keys: string }) => (
  <div className={styles.row}>
    <dt>{title}</dt>
    <dd>
      <Keys keys={keys} />
    </dd>
  </div>
)
