import styles from './Brand.module.css'

export function Brand() {
  return (
    <span className={styles.brand}>
      <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
        <rect className={styles.ground} width="32" height="32" rx="8" />
        <path className={styles.branch} d="M16 10 10 21M16 10l6 11" />
        <circle className={styles.root} cx="16" cy="9.5" r="4.5" />
        <circle className={styles.leaf} cx="9.5" cy="22" r="4" />
        <circle className={styles.leaf} cx="22.5" cy="22" r="4" />
      </svg>
      Reckon
    </span>
  )
}
