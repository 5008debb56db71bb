import { useState } from 'react'
import styles from '../../../components/filter/fields.module.css'
import { t } from '../../../language/t.ts'
import { longestMs, writeDurationFilter, type DurationFilter } from './duration-filter.ts'

interface Props {
  filter: DurationFilter | null
  onChange: (filter: DurationFilter | null) => void
}

const second = 1_000

/** By what most people ask. */
const presets: readonly DurationFilter[] = [
  { minMs: null, maxMs: second },
  { minMs: second, maxMs: 60 * second },
  { minMs: 60 * second, maxMs: null },
]

/** How long what is listed took. */
export function DurationField({ filter, onChange }: Props) {
  const [isRangeWanted, setRangeWanted] = useState(false)
  const written = writeDurationFilter(filter)
  const preset = presets.find((one) => writeDurationFilter(one) === written)
  const shown = isRangeWanted || (filter && !preset) ? 'range' : (written ?? 'any')

  function choose(value: string) {
    setRangeWanted(value === 'range')
    if (value !== 'range') onChange(presets.find((one) => writeDurationFilter(one) === value) ?? null)
  }
  function setBound(bound: keyof DurationFilter, text: string) {
    setRangeWanted(true)
    const ms = text === '' ? null : Math.min(longestMs, Math.max(0, Math.round(Number(text) * second)))
    const next = { minMs: null, maxMs: null, ...filter, [bound]: ms }
    onChange(writeDurationFilter(next) === null ? null : next)
  }

  return (
    <>
      <select
        className={styles.select}
        aria-label={t('Duration')}
        value={shown}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="any">{t('Any duration')}</option>
        <option value={writeDurationFilter(presets[0]!)!}>{t('Up to a second')}</option>
        <option value={writeDurationFilter(presets[1]!)!}>{t('A second to a minute')}</option>
        <option value={writeDurationFilter(presets[2]!)!}>{t('A minute or longer')}</option>
        <option value="range">{t('From … to …')}</option>
      </select>
      {shown === 'range' && (
        <span className={styles.range}>
          <Seconds label={t('At least, in seconds')} ms={filter?.minMs} onChange={(text) => setBound('minMs', text)} />–
          <Seconds label={t('At most, in seconds')} ms={filter?.maxMs} onChange={(text) => setBound('maxMs', text)} />
          {t('s@@seconds')}
        </span>
      )}
    </>
  )
}

function Seconds({
  label,
  ms,
  onChange,
}: {
  label: string
  ms: number | null | undefined
  onChange: (text: string) => void
}) {
  return (
    <input
      type="number"
      className={styles.bound}
      aria-label={label}
      min={0}
      step="any"
      value={ms == null ? '' : ms / second}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
