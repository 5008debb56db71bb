import { GraphQLError, type GraphQLResolveInfo, type OperationDefinitionNode, type SelectionNode } from 'graphql'
import type { Actor } from '../../domain/actor.ts'
import type { RateLimitedError } from '../../domain/failure.ts'
import { accountableFor } from '../../use-cases/accounts/accountable.ts'
import type { Services } from '../../use-cases/services.ts'
import { answerTooLarge, rateLimitedError, tooExpensive } from './cost-errors.ts'
import { OperationReads } from './operation-reads.ts'
import { costOfEntry, costOfSelection, nothingKnown } from './selection-cost.ts'

/** For each operation of the largest expression: the page's own list of tasks costs 93 for each, and two of them are too much. */
const costPerOperation = 120

/** For everything that is not about the tasks of a large expression. */
const baseCost = 20_000

/** Of sources, numbers and plans in one answer; the rest of an answer is bounded by what it costs. */
export const maxCharacters = 16 * 2 ** 20

/** What may be cheap: the time of a list's entries is taken as a whole. */
const longText = 400

/** The most that one operation may cost. */
export const costLimitOf = ({ environment }: Services): number =>
  baseCost + costPerOperation * environment.MAX_OPERATIONS

/** Of operations that cost the same whatever their variables; documents are kept by who parses them. */
const estimates = new WeakMap<OperationDefinitionNode, number>()

/**
 * What one operation has cost so far: a query or a mutation, or one event of a subscription. It is estimated before anything is read, and
 * grows as lists turn out to be long; at the limit everything that is left of the operation fails at once. See docs/decisions/0016.
 */
export class OperationAccount {
  readonly #services: Services
  readonly #actor: Actor
  readonly #address: string
  #client: string | null = null
  #estimate: number | null = null
  #charged = 0
  #characters = 0
  /** Of the event, as long as they are not charged. */
  #eventEntries = 0
  /** A mutation whose client had no time left when it came. */
  #isWithoutTime = false
  #failure: GraphQLError | null = null
  #onFailure: (failure: GraphQLError) => void = () => {}
  #reads: OperationReads | null = null
  /** What an entry of a list costs, by the field that asks for it. */
  #entryCosts: Map<SelectionNode | undefined, number> | null = null
  /** Whether lists may come entry by entry, which the interpreter understands. */
  isSpread = true

  constructor(services: Services, actor: Actor, address: string) {
    this.#services = services
    this.#actor = actor
    this.#address = address
  }

  /** Who has to answer for the time that this takes. */
  get client(): string {
    return (this.#client ??= accountableFor(this.#actor, this.#address))
  }

  get cost(): number {
    return (this.#estimate ?? 0) + this.#charged
  }

  get limit(): number {
    return costLimitOf(this.#services)
  }

  get failure(): GraphQLError | null {
    return this.#failure
  }

  /** Resolves when the operation has failed as a whole: its lists do not go on then, so that it has no other end. */
  whenFailed(): Promise<GraphQLError> {
    return new Promise((resolve) => {
      if (this.#failure) resolve(this.#failure)
      else this.#onFailure = resolve
    })
  }

  /** What has been read for this operation, so that nothing is read twice. */
  get reads(): OperationReads {
    return (this.#reads ??= new OperationReads(this.#services, this))
  }

  /** The next event of a subscription. @param entries how many it has, which may come in parts */
  begin(entries: number): void {
    this.#eventEntries = entries
    this.#charged = 0
    this.#characters = 0
    this.#failure = null
    this.#reads = null
  }

  refusal(): RateLimitedError | undefined {
    return this.#services.processor.refusal(this.client)
  }

  /** For what nobody has asked for just now, such as an event: it comes when the client has time again. */
  whenAdmitted(): Promise<void> {
    return this.#services.processor.whenAdmitted(this.client)
  }

  /** Throws where the client has no time left. */
  admit(): void {
    const refusal = this.refusal()
    if (refusal) this.#fail(rateLimitedError(refusal))
  }

  /** Estimates what the whole operation will cost, once. */
  estimate(info: GraphQLResolveInfo): void {
    if (this.#estimate !== null) return
    this.#estimate = estimateOf(info)
    // What a mutation does it says itself whether it may; what is read beside it is refused as in a query.
    this.#isWithoutTime = info.operation.operation === 'mutation' && this.refusal() !== undefined
    this.#check()
  }

  charge(cost: number): void {
    if (this.#isWithoutTime) this.admit()
    this.#charged += cost
    this.#check()
  }

  /** Entries of a list whose length nothing but the list tells. */
  chargeEntries(count: number, info: GraphQLResolveInfo): void {
    const [node] = info.fieldNodes
    this.#entryCosts ??= new Map()
    const cost = this.#entryCosts.get(node) ?? costOfEntry(info)
    this.#entryCosts.set(node, cost)
    this.charge(count * cost)
  }

  /** The entries of the event, all of them with the first part. */
  chargeEvent(info: GraphQLResolveInfo): void {
    const entries = this.#eventEntries
    this.#eventEntries = 0
    if (entries > 0) this.chargeEntries(entries, info)
  }

  /** Counts a text of the answer. */
  text(text: string): string {
    this.#characters += text.length
    if (this.#characters > maxCharacters) this.#fail(answerTooLarge(maxCharacters))
    return text
  }

  /** Makes a text out of a value; what may take long, when there is time. */
  format<Text extends string | null>(size: number, make: () => Text): Text | Promise<Text> {
    const counted = () => {
      const text = make()
      if (text !== null) this.text(text)
      return text
    }
    return size < longText ? counted() : this.run(counted)
  }

  /** Works at once, on the client's time. */
  measure<Result>(work: () => Result): Result {
    return this.#services.processor.runNow(this.client, work)
  }

  /** Works for this operation, now or when there is time. */
  run<Result>(work: () => Result): Result | Promise<Result> {
    if (this.#isWithoutTime) this.admit()
    return this.#services.processor.run(this.client, () => {
      if (this.#failure) throw this.#failure
      return work()
    })
  }

  /** As `run`, of what takes next to no time nearly always. */
  runShort<Result>(work: () => Result): Result | Promise<Result> {
    return this.#services.processor.runShort(this.client, work)
  }

  /** A list to be resolved in turns with everything else. What agents are sent is what everything else waits for. */
  spread<Entry>(entries: readonly Entry[]): readonly (Entry | Promise<Entry>)[] {
    if (!this.isSpread || this.#actor.kind === 'agent') return entries
    return this.#services.processor.spread(this.client, entries, () => this.#failure !== null)
  }

  #check(): void {
    if (this.cost > this.limit) this.#fail(tooExpensive(this.cost, this.limit))
  }

  #fail(failure: GraphQLError): never {
    this.#failure ??= failure
    this.#onFailure(this.#failure)
    throw this.#failure
  }
}

function estimateOf(info: GraphQLResolveInfo): number {
  const { operation, schema } = info
  const known = estimates.get(operation)
  if (known !== undefined) return known
  const type = schema.getRootType(operation.operation)
  const selections = nothingKnown()
  const cost = type ? costOfSelection(info, operation.selectionSet, type, selections) : 0
  if (!selections.dependsOnArguments) estimates.set(operation, cost)
  return cost
}
