import { Button } from '../../../components/Button.tsx'
import { t } from '../../../language/t.ts'
import type { Stage } from './stage.ts'
import styles from './TaskGraph.module.css'

interface Props {
  stage: Stage | null
  isPathShown: boolean
  onShowPath: (isShown: boolean) => void
  isFollowing: boolean
  onFollow: (isFollowing: boolean) => void
  /** The selected task, where something lies below it. */
  foldable: number | null
  isFolded: boolean
  onFold: (task: number) => void
}

/** What one does with a graph, for pointers; the keyboard does the same on the graph itself. */
export function GraphTools(props: Props) {
  const { stage, isPathShown, onShowPath, isFollowing, onFollow, foldable, isFolded, onFold } = props
  return (
    <div className={styles.tools} role="group" aria-label={t('Graph')}>
      <Button size="small" aria-label={t('Zoom out')} title={t('Zoom out (−)')} onClick={() => stage?.zoom(1 / 1.8)}>
        −
      </Button>
      <Button
        size="small"
        aria-label={t('Zoom in')}
        title={t('Zoom in (+), or Ctrl and the wheel')}
        onClick={() => stage?.zoom(1.8)}
      >
        +
      </Button>
      <Button size="small" title={t('Show all (0)')} onClick={() => stage?.fit()}>
        {t('Fit')}
      </Button>
      <Button
        size="small"
        aria-pressed={isFollowing}
        title={t('Keeps what runs in sight, and what ran where a run is replayed (End)')}
        onClick={() => onFollow(!isFollowing)}
      >
        {t('Follow')}
      </Button>
      <Button
        size="small"
        aria-pressed={isPathShown}
        title={t('The chain that decides when all is done')}
        onClick={() => onShowPath(!isPathShown)}
      >
        {t('Critical path')}
      </Button>
      <Button
        size="small"
        disabled={foldable === null}
        title={t('Fold away what lies below the selected operation (Enter, or a double click)')}
        onClick={() => foldable !== null && onFold(foldable)}
      >
        {isFolded ? t('Unfold') : t('Fold')}
      </Button>
    </div>
  )
}
