import { useId, useState } from 'react'
import { formatDuration } from '../format/duration.ts'
import { t, tx } from '../language/t.ts'
import styles from './SlotsSlider.module.css'

interface Props {
  /** What takes so long: what is looked at, or what is left of it. */
  what: 'this' | 'rest'
  /** In milliseconds, under `s` and the number of slots: null until it is known. */
  times: Readonly<Record<string, unknown>> | null
  /** How many slots there are now; null where that is not known. */
  present: number | null
  /** Whether the times are wanted: now or anew, or no longer. */
  onToggle: (isWanted: boolean) => void
}

interface Choice {
  readonly slots: number
  readonly ms: number
}

/** Those that are told, up to the first that is as fast as any. */
export function choicesOf(times: Readonly<Record<string, unknown>>): readonly Choice[] {
  const all = Object.entries(times)
    .flatMap(([key, ms]) => (/^s\d+$/.test(key) && typeof ms === 'number' ? [{ slots: Number(key.slice(1)), ms }] : []))
    .sort((a, b) => a.slots - b.slots)
  const fastest = all.at(-1)?.ms ?? 0
  const enough = all.findIndex(({ ms }) => ms <= fastest)
  return all.slice(0, enough + 1)
}

/** How long something takes on more slots or fewer, told when one asks. */
export function SlotsSlider({ what, times, present, onToggle }: Props) {
  const id = useId()
  const [place, setPlace] = useState<number | null>(null)
  const choices = times === null ? [] : choicesOf(times)
  const nearPresent = choices.findLastIndex(({ slots }) => slots <= (present ?? 8))
  const shown = Math.min(Math.max(0, place ?? nearPresent), choices.length - 1)
  const choice = choices[shown]
  return (
    <details className={styles.slots} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary className={styles.summary}>{t('With other slots?')}</summary>
      {choice ? (
        <div className={styles.body}>
          <label htmlFor={id}>{t('Slots')}</label>
          <input
            id={id}
            className={styles.slider}
            type="range"
            min={0}
            max={Math.max(1, choices.length - 1)}
            disabled={choices.length === 1}
            value={shown}
            aria-valuetext={t('{slots, plural, one {# slot} other {# slots}}: {time}', {
              slots: choice.slots,
              time: formatDuration(choice.ms),
            })}
            onChange={(event) => setPlace(event.target.valueAsNumber)}
          />
          <output htmlFor={id} className={styles.outcome}>
            {tx(
              '{what, select, rest {What is left takes} other {This takes}} <strong>{time}</strong> with {slots, plural, one {# slot} other {# slots}} of its own{more, select, useless {, and more would not help} other {}}.',
              {
                what,
                time: formatDuration(choice.ms),
                slots: choice.slots,
                more: shown === choices.length - 1 && choices.length > 1 ? 'useless' : 'other',
                strong: (inside) => <strong>{inside}</strong>,
              },
            )}
          </output>
        </div>
      ) : (
        <p className={styles.outcome}>{times === null ? '…' : t('It has ended.')}</p>
      )}
    </details>
  )
}
