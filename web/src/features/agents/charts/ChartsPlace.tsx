import { Skeleton } from '../../../components/Skeleton.tsx'
import styles from './ChartsPlace.module.css'

/** Keeps the room of the charts until there is something to draw. */
export const ChartsPlace = () => (
  <div className={styles.place}>
    <Skeleton height="100%" />
  </div>
)
