import type { ReactNode } from 'react'
import styles from './Modal.module.css'
import { showModal } from './show-modal.ts'

interface Props {
  label: string
  children: ReactNode
  onClose: () => void
}

/** A dialog over the page: the browser keeps the focus in it, gives it back, and closes it by Escape. */
export const Modal = ({ label, children, onClose }: Props) => (
  <dialog
    ref={showModal}
    className={styles.modal}
    aria-label={label}
    onClose={onClose}
    onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
  >
    <div className={styles.content}>{children}</div>
  </dialog>
)
