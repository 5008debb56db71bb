import { useId, useMemo, useState } from 'react'
import { SegmentedControl } from '../../../components/SegmentedControl.tsx'
import { shownOptions } from '../../../language/shown-options.ts'
import { msg, t } from '../../../language/t.ts'
import type { Durations } from '../task/useDurations.ts'
import type { Task } from '../useTasks.ts'
import { foldSource, type SourceFold } from './source-folds.ts'
import { readSource } from './source-tree.ts'
import { taskMeanings } from './source-values.ts'
import { SourceText } from './SourceText.tsx'
import styles from './SourceView.module.css'
import { StretchValue } from './StretchValue.tsx'

const modes = [
  { value: 'source', label: msg('Source') },
  { value: 'values', label: msg('Values in place') },
] as const

type Mode = (typeof modes)[number]['value']

/** So many characters are in sight whole, on a phone too. */
const alwaysInSight = 120

const unfolded: readonly SourceFold[] = []

interface Props {
  source: string
  plan: readonly Task[]
  tasks: readonly Task[]
  durations: Durations
  isRunning: boolean
  failure: { readonly position: number } | null
}

/** The source as it was written, or with values in the places of all that has been computed. */
export function SourceView({ source, plan, tasks, ...rest }: Props) {
  const [mode, setMode] = useState<Mode>('source')
  const [isFollowing, setFollowing] = useState(false)
  const followId = useId()
  const tree = useMemo(() => readSource(source), [source])
  const meanings = useMemo(() => tree && taskMeanings(source, tree, plan), [source, tree, plan])
  const folds = useMemo(
    () => (mode === 'values' && tree && meanings ? foldSource(tree, meanings, tasks) : unfolded),
    [mode, tree, meanings, tasks],
  )
  if (plan.length === 0)
    return <SourceText source={source} plan={plan} tasks={tasks} folds={unfolded} isFollowing={false} {...rest} />
  return (
    <div className={styles.view}>
      <SourceText source={source} plan={plan} tasks={tasks} folds={folds} isFollowing={isFollowing} {...rest} />
      <div className={styles.tools}>
        {tree && (
          <SegmentedControl
            label={t('Show the source with')}
            options={shownOptions(modes)}
            value={mode}
            onChange={setMode}
          />
        )}
        {rest.isRunning && source.length > alwaysInSight && (
          <label className={styles.follow} htmlFor={followId}>
            <input
              id={followId}
              type="checkbox"
              checked={isFollowing}
              onChange={({ target }) => setFollowing(target.checked)}
            />
            {t('Follow what runs')}
          </label>
        )}
        {tree && meanings && mode === 'source' && (
          <StretchValue source={source} tree={tree} meanings={meanings} tasks={tasks} />
        )}
      </div>
    </div>
  )
}
