import type { Ownership } from '../../../src/scheduler/ownership.ts'
import type { ModelOwnedRow } from '../../model/expression-model.ts'
import type { LogReader } from './log-reader.ts'
import type { Parts } from './parts.ts'

/** Expressions of the model of the store. */
export const createOwnership = (
  { store, deps: { replicaId } }: Parts,
  reader: LogReader,
): Ownership<ModelOwnedRow> => ({
  takeQueued: (taking) => store.call(({ expressions }) => expressions.takeQueued({ ...taking, replicaId })),
  takeOver: (limit) => store.call(({ expressions }) => expressions.takeOver(replicaId, limit)),
  adopt: (known) => store.call(({ expressions }) => expressions.adopt(replicaId, known)),
  load: (rows) => reader.load(rows),
})
