import type { OperationName } from './operation.ts'

export interface OperationDemand {
  /** Tasks that could run if there were a slot. */
  readonly ready: number
  /** Tasks that agents have. */
  readonly busy: number
  /** Slots that could be used: by these, or by what is ready once they are done, whichever is more. */
  readonly useful: number
}

/** How many slots what there is to compute could use. */
export interface Demand extends OperationDemand {
  readonly byOperation: ReadonlyMap<OperationName, OperationDemand>
}

export const noDemand: Demand = { ready: 0, busy: 0, useful: 0, byOperation: new Map() }

/** The demand of several replicas together. */
export function addDemands(demands: readonly Demand[]): Demand {
  const byOperation = new Map<OperationName, OperationDemand>()
  for (const demand of demands)
    for (const [operation, some] of demand.byOperation)
      byOperation.set(operation, add(byOperation.get(operation) ?? noDemand, some))
  return { ...demands.reduce(add, noDemand as OperationDemand), byOperation }
}

const add = (one: OperationDemand, other: OperationDemand): OperationDemand => ({
  ready: one.ready + other.ready,
  busy: one.busy + other.busy,
  useful: one.useful + other.useful,
})
