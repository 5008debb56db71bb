import { t } from '../language/t.ts'
import { UnloadedPart } from './lazy-part.tsx'
import { Modal } from './Modal.tsx'

/** Says that what was asked for did not come, where there is no place for it on the page. */
export const UnloadedDialog = ({ onClose }: { onClose: () => void }) => (
  <Modal label={t('This part of the page did not come.')} onClose={onClose}>
    <UnloadedPart />
  </Modal>
)
