import { useState } from 'react'
import { useClient } from 'urql'
import { SlotsSlider } from '../../../components/SlotsSlider.tsx'
import { graphql } from '../../../graphql.ts'

const SlotTimesQuery = graphql(`
  query SlotTimes($id: ID!) {
    expression(id: $id) {
      id
      s1: remainingMs(slots: 1)
      s2: remainingMs(slots: 2)
      s4: remainingMs(slots: 4)
      s8: remainingMs(slots: 8)
      s16: remainingMs(slots: 16)
      s32: remainingMs(slots: 32)
      s64: remainingMs(slots: 64)
      s128: remainingMs(slots: 128)
      s256: remainingMs(slots: 256)
      s1024: remainingMs(slots: 1024)
    }
  }
`)

type Times = Readonly<Record<`s${number}`, number | null>>

/** How long what is left would take with more slots or fewer. */
export function SlotTimes({ id, present }: { id: string; present: number }) {
  const client = useClient()
  const [times, setTimes] = useState<Times | null>(null)
  const load = () =>
    void client
      .query(SlotTimesQuery, { id }, { requestPolicy: 'network-only' })
      .toPromise()
      .then(({ data }) => data?.expression && setTimes(data.expression))
  return <SlotsSlider what="rest" times={times} present={present} onToggle={(isWanted) => isWanted && load()} />
}
