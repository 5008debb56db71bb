import { useState } from 'react'
import { Panel } from '../../../components/Panel.tsx'
import { SegmentedControl } from '../../../components/SegmentedControl.tsx'
import { formatDuration } from '../../../format/duration.ts'
import { t } from '../../../language/t.ts'
import { Chart } from './Chart.tsx'
import styles from './Charts.module.css'
import { ChartsPlace } from './ChartsPlace.tsx'
import { byOperation, together, type Figure } from './series.ts'
import { useClusterSamples } from './useClusterSamples.ts'

/** The cluster in the last five minutes, live. */
export default function Charts() {
  const samples = useClusterSamples()
  const [kind, setKind] = useState<'all' | 'operations'>('all')
  if (samples.length < 2) return <ChartsPlace />
  const times = samples.map(({ at }) => Date.parse(at))
  const linesOf = (figure: Figure) => {
    const lines = kind === 'operations' ? byOperation(samples, figure) : []
    return lines.length > 0 ? lines : together(samples, figure)
  }
  return (
    <Panel
      title={t('The last five minutes')}
      aside={
        <SegmentedControl
          label={t('Lines')}
          options={[
            { value: 'all', label: t('All together') },
            { value: 'operations', label: t('By operation') },
          ]}
          value={kind}
          onChange={setKind}
        />
      }
    >
      <div className={styles.charts} data-kind={kind}>
        <Chart title={t('Done a second')} times={times} lines={linesOf('tasksPerSecond')} />
        <Chart title={t('Running@@tasks')} times={times} lines={linesOf('runningTasks')} />
        <Chart title={t('Ready, waiting for a slot')} times={times} lines={linesOf('readyTasks')} />
        <Chart
          title={t('Wait from ready to running')}
          times={times}
          lines={together(samples, 'schedulingDelayMs')}
          format={formatDelay}
        />
      </div>
    </Panel>
  )
}

const formatDelay = (ms: number): string => formatDuration(Math.round(ms))
