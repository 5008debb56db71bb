import { useLayoutEffect, useRef, type ReactNode } from 'react'
import styles from './Modal.module.css'

interface Props {
  label: string
  children: ReactNode
  onClose: () => void
}

/** A dialog over the page: the browser keeps the focus in it, gives it back, and closes it by Escape. */
export function Modal({ label, children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed while it is still on the page: else it would give no focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.modal}
      aria-label={label}
      onClose={onClose}
      onClick={({ target }) => target === dialog.current && onClose()}
    >
      <div className={styles.content}>{children}</div>
    </dialog>
  )
}
