import { Suspense, useState } from 'react'
import { lazyPart } from '../../../components/lazy-part.tsx'
import type { PlanPreview } from '../usePlanPreview.ts'
import styles from './PlanPlace.module.css'
import { drawnPlanOf, type DrawnPlan } from './plan-tree-fragment.ts'

const PlanTree = lazyPart(() => import('./PlanTree.tsx'))

/**
 * Room for the tree of what is written, of one height whatever stands in it: nothing jumps while one types. What is not yet an expression
 * leaves the last one in sight, paler.
 */
export function PlanPlace({ preview, isCurrent }: { preview: PlanPreview | null; isCurrent: boolean }) {
  const [last, setLast] = useState<DrawnPlan | null>(null)
  const plan = preview?.outcome.__typename === 'Plan' ? drawnPlanOf(preview.outcome) : null
  if (preview === null && last !== null) setLast(null)
  if (plan !== null && plan.operationCount > 0 && plan.grouped !== last?.grouped) setLast(plan)
  if (last === null || preview === null) return null
  const isOfThis = isCurrent && plan !== null && plan.operationCount > 0
  return (
    <div className={styles.place} data-stale={!isOfThis || undefined}>
      <Suspense fallback={null}>
        <PlanTree plan={last} />
      </Suspense>
    </div>
  )
}
