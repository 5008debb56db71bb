import { useState } from 'react'
import { graphql, readFragment, type FragmentOf, type ResultOf } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { placeInSlots } from './slot-places.ts'
import { BusySlot, IdleSlot } from './SlotCell.tsx'
import styles from './Slots.module.css'

export const SlotsFragment = graphql(`
  fragment Slots_agent on Agent {
    id
    slots
    assignments {
      operation
      startedAt
      durationMs
      task {
        id
        expression {
          id
          owner {
            id
          }
        }
      }
    }
  }
`)

type Assignment = ResultOf<typeof SlotsFragment>['assignments'][number]

const shownAtMost = 96

/** A cell for each slot, with what it computes right now. */
export function Slots(props: { agent: FragmentOf<typeof SlotsFragment> }) {
  const { slots, assignments } = readFragment(SlotsFragment, props.agent)
  const byKey = keyed(assignments)
  const places = usePlaces([...byKey.keys()], slots)
  return (
    <ol className={styles.slots} aria-label={t('{slots, plural, one {# slot} other {# slots}}', { slots })}>
      {places.slice(0, shownAtMost).map((key, slot) => {
        const assignment = key === null ? undefined : byKey.get(key)
        return <li key={slot}>{assignment ? <BusySlot key={key} assignment={assignment} /> : <IdleSlot />}</li>
      })}
      {places.length > shownAtMost && (
        <li className={styles.more}>{t('and {count} more', { count: places.length - shownAtMost })}</li>
      )}
    </ol>
  )
}

/** An assignment has no id, and those of other users no task: of two alike the second is told by its number. */
function keyed(assignments: readonly Assignment[]): Map<string, Assignment> {
  const byKey = new Map<string, Assignment>()
  for (const assignment of assignments) {
    const key = `${assignment.task?.id ?? assignment.operation} ${assignment.startedAt}`
    let free = key
    for (let number = 2; byKey.has(free); number += 1) free = `${key} ${number}`
    byKey.set(free, assignment)
  }
  return byKey
}

function usePlaces(keys: readonly string[], slots: number): readonly (string | null)[] {
  const [places, setPlaces] = useState<readonly (string | null)[]>([])
  const next = placeInSlots(places, keys, slots)
  const isSame = next.length === places.length && next.every((key, slot) => key === places[slot])
  if (!isSame) setPlaces(next)
  return isSame ? places : next
}
