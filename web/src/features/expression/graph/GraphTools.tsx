import { Button } from '../../../components/Button.tsx'
import type { Stage } from './stage.ts'
import styles from './TaskGraph.module.css'

interface Props {
  stage: Stage | null
  isPathShown: boolean
  onShowPath: (isShown: boolean) => void
  /** The selected task, where something lies below it. */
  foldable: number | null
  isFolded: boolean
  onFold: (task: number) => void
}

/** What one does with a graph, for pointers; the keyboard does the same on the graph itself. */
export function GraphTools({ stage, isPathShown, onShowPath, foldable, isFolded, onFold }: Props) {
  return (
    <div className={styles.tools} role="group" aria-label="Graph">
      <Button size="small" aria-label="Zoom out" title="Zoom out (−)" onClick={() => stage?.zoom(1 / 1.8)}>
        −
      </Button>
      <Button
        size="small"
        aria-label="Zoom in"
        title="Zoom in (+), or Ctrl and the wheel"
        onClick={() => stage?.zoom(1.8)}
      >
        +
      </Button>
      <Button size="small" title="Show all (0)" onClick={() => stage?.fit()}>
        Fit
      </Button>
      <Button
        size="small"
        aria-pressed={isPathShown}
        title="The chain that decides when all is done"
        onClick={() => onShowPath(!isPathShown)}
      >
        Critical path
      </Button>
      <Button
        size="small"
        disabled={foldable === null}
        title="Fold away what lies below the selected operation (Enter, or a double click)"
        onClick={() => foldable !== null && onFold(foldable)}
      >
        {isFolded ? 'Unfold' : 'Fold'}
      </Button>
    </div>
  )
}
