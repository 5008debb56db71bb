import { useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { Modal } from '../../components/Modal.tsx'
import styles from './CommandPalette.module.css'
import { commands } from './commands.ts'
import { Keys } from './Keys.tsx'
import { areSingleKeysOn, turnSingleKeys } from './single-keys.ts'

/** All shortcuts. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const [isOn, setOn] = useState(areSingleKeysOn)
  return (
    <Modal label="Shortcuts" onClose={onClose}>
      <div className={styles.overview}>
        <h2>Shortcuts</h2>
        <dl className={styles.rows}>
          <Row title="Find a command or an expression" keys="Ctrl K" />
          {commands.map(({ title, keys }) => keys !== null && <Row key={title} title={title} keys={keys} />)}
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
          Shortcuts without Ctrl
        </label>
        <div>
          <Button size="small" autoFocus onClick={onClose}>
            Close
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
