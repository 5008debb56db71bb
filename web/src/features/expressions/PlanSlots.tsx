import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { pipe, subscribe } from 'wonka'
import { SlotsSlider } from '../../components/SlotsSlider.tsx'
import { graphql } from '../../graphql.ts'

const PlanSlotsQuery = graphql(`
  query PlanSlots($source: String!, $regroup: Boolean!) {
    planExpression(source: $source, regroup: $regroup) {
      __typename
      ... on Plan {
        s1: durationMs(slots: 1)
        s2: durationMs(slots: 2)
        s4: durationMs(slots: 4)
        s8: durationMs(slots: 8)
        s16: durationMs(slots: 16)
        s32: durationMs(slots: 32)
        s64: durationMs(slots: 64)
        s128: durationMs(slots: 128)
        s256: durationMs(slots: 256)
        s1024: durationMs(slots: 1024)
      }
    }
    clusterStats {
      slots
    }
  }
`)

interface Told {
  readonly source: string
  readonly regroup: boolean
  readonly times: Readonly<Record<string, unknown>>
  readonly present: number
}

/** How long a source would take with more slots or fewer, before it is submitted. */
export default function PlanSlots({ source, regroup }: { source: string; regroup: boolean }) {
  const client = useClient()
  const [isOpen, setIsOpen] = useState(false)
  const [told, setTold] = useState<Told | null>(null)

  useEffect(() => {
    if (!isOpen) return
    const results = client.query(PlanSlotsQuery, { source, regroup }, { requestPolicy: 'network-only' })
    return pipe(
      results,
      subscribe(({ data }) => {
        if (data?.planExpression.__typename === 'Plan')
          setTold({ source, regroup, times: data.planExpression, present: data.clusterStats?.slots ?? 0 })
      }),
    ).unsubscribe
  }, [client, isOpen, source, regroup])

  const current = told?.source === source && told.regroup === regroup ? told : null
  return (
    <SlotsSlider what="this" times={current?.times ?? null} present={current?.present ?? null} onToggle={setIsOpen} />
  )
}
