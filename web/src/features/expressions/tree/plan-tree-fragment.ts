import { graphql, readFragment, type FragmentOf, type ResultOf } from '../../../graphql.ts'

/** No more than can be read in the room that there is. */
export const PlanTreeFragment = graphql(`
  fragment PlanTree_plan on Plan {
    operationCount
    grouped
    operations {
      operation
      count
    }
    tasks(first: 30) {
      operation
      operands {
        literal
        task
        negated
      }
    }
    root {
      literal
      task
      negated
    }
  }
`)

export type DrawnPlan = ResultOf<typeof PlanTreeFragment>

export const drawnPlanOf = (plan: FragmentOf<typeof PlanTreeFragment>): DrawnPlan =>
  readFragment(PlanTreeFragment, plan)
