import type { KeyboardEvent, ReactNode, Ref } from 'react'
import styles from './LaneFrame.module.css'

interface Props {
  canvas: Ref<HTMLCanvasElement>
  /** What the keyboard does here. */
  label: string
  /** Texts that stand beside the lanes, each with its `top`. */
  names: ReactNode
  /** How much of the window it takes at the most. */
  height: 'low' | 'high'
  onKeyDown: (event: KeyboardEvent) => void
  /** What lies over the canvas. */
  children: ReactNode
}

/** Lanes over time, drawn on a canvas, and their names beside them. */
export const LaneFrame = ({ canvas, label, names, height, onKeyDown, children }: Props) => (
  <div className={styles.frame} data-height={height}>
    <div className={styles.names} aria-hidden="true">
      {names}
    </div>
    <div className={styles.stage} role="application" aria-label={label} tabIndex={0} onKeyDown={onKeyDown}>
      <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
      {children}
    </div>
  </div>
)
