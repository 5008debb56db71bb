import styles from './Skeleton.module.css'

/** Holds the place of something that is on its way, so that nothing jumps when it comes. */
export function Skeleton({ height, width = '100%' }: { height: string; width?: string }) {
  return <span className={styles.skeleton} style={{ height, width }} aria-hidden="true" />
}
