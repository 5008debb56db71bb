import fc from 'fast-check'
import type { Database } from '../../src/store/database.ts'
import { expect } from 'vitest'
import { readDatabase, readModel } from './snapshot.ts'
import type { StoreModel } from './store-model.ts'

/** The model with what the commands of a run share. */
export interface ModelState {
  readonly store: StoreModel
  readonly users: readonly string[]
  readonly tokens: readonly string[]
  /** Session ids that agents choose from. */
  readonly sessions: readonly string[]
  /** Replicas that have ever been there. */
  readonly replicas: string[]
  /** Lets time pass for the model. */
  advance(ms: number): void
}

export type StoreCommand = fc.AsyncCommand<ModelState, Database>

interface CommandOptions<Input> {
  readonly name: string
  readonly input: fc.Arbitrary<Input>
  /** Whether there is anything to do it with. */
  readonly check?: (state: ModelState) => boolean
  /** Does it to both, and holds what they answer against each other. */
  readonly run: (state: ModelState, database: Database, input: Input) => Promise<void>
}

/** A command with its input; after it all rows must equal the model's. */
export function command<Input>({ name, input, check, run }: CommandOptions<Input>): fc.Arbitrary<StoreCommand> {
  return input.map((value) => ({
    check: (state) => check?.(state) ?? true,
    async run(state, database) {
      await run(state, database, value)
      expect(await readDatabase(database.pool)).toEqual(readModel(state.store))
    },
    toString: () => `${name}(${fc.stringify(value)})`,
  }))
}

/** What a number that knows nothing of the state means in it. */
export function choose<Item>(items: readonly Item[], choice: number): Item {
  const item = items[choice % items.length]
  if (item === undefined) throw new Error('there is nothing to choose from')
  return item
}

/** Chooses one of what there will be. */
export const choice = fc.nat({ max: 11 })

export const hasReplica = ({ replicas }: ModelState): boolean => replicas.length > 0
export const hasExpression = ({ store }: ModelState): boolean => store.expressions.rows.size > 0
export const hasAgent = ({ store }: ModelState): boolean => store.presence.agents.size > 0

export const expressionsOf = ({ store }: ModelState) => [...store.expressions.rows.values()]
