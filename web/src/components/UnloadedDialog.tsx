import { UnloadedPart } from './lazy-part.tsx'
import { showModal } from './show-modal.ts'

/** Says that what was asked for did not come, where there is no place for it on the page. Plain, so that the first view has it at no cost. */
export const UnloadedDialog = ({ onClose }: { onClose: () => void }) => (
  <dialog ref={showModal} onClose={onClose}>
    <UnloadedPart />
  </dialog>
)
