import type { Offer } from '../../store/offers/offer.ts'
import { holdsAlready, isPlaceable } from '../memory/placeable.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { isOpen, type Session } from '../memory/session.ts'
import type { SchedulerState, Solitary, TaskRef } from '../memory/state.ts'
import type { Giving } from './giving.ts'

interface Line {
  enqueue(owned: OwnedExpression, task: number): void
  /** Has what waits placed. */
  request(): void
}

/**
 * Tasks that are to have an agent for themselves, and the agents that are cleared for them: those are given nothing until they have computed what
 * they have. At most half of all agents, and one at the least, are taken from the other tasks so; where no other task waits, all but one that have
 * nothing to do. See docs/decisions/0043.
 */
export class Solitude {
  /** Told when an agent gets a task that another replica has offered. */
  onOfferPlaced: (offer: Offer, session: Session) => void = () => {}
  /** Told of offered tasks for which there is no agent any more. */
  onOffersLeft: (offers: readonly Offer[]) => void = () => {}
  #clearing: readonly Session[] = []
  readonly #state: SchedulerState
  readonly #giving: Giving
  readonly #line: Line

  /** @param line where this replica's own tasks come from, and go back to where there is no agent here */
  constructor(state: SchedulerState, giving: Giving, line: Line) {
    this.#state = state
    this.#giving = giving
    this.#line = line
  }

  get isIdle(): boolean {
    return this.#state.solitary.length === 0 && this.#clearing.length === 0
  }

  add(solitary: Solitary): void {
    this.#state.solitary.push(solitary)
    this.#line.request()
  }

  /** Nobody waits for these any more. */
  forget(isOver: (offer: Offer) => boolean): void {
    if (this.#state.solitary.length === 0) return
    this.#state.solitary = this.#state.solitary.filter((one) => one.kind === 'owned' || !isOver(one.offer))
  }

  /**
   * Gives what waits to agents that have nothing to do, and has others cleared for the rest.
   * @param note told of each task of this replica's
   */
  place(now: number, note: (ref: TaskRef) => void): void {
    const agents = [...this.#state.sessions.values()].filter(isOpen)
    if (agents.length === 0) return this.#leave()
    const free = agents.filter(({ aloneWith }) => aloneWith === null)
    const half = Math.max(1, Math.floor(agents.length / 2))
    const most = this.#state.queue.size > 0 ? half : Math.max(1, agents.length - 1)
    let used = agents.length - free.length
    const clearing: Session[] = []
    for (const session of free.sort(lessToDo)) {
      if (used >= (hasToDo(session) ? half : most) || clearing.length >= this.#state.solitary.length) break
      const next = this.#findFor(session)
      if (next === undefined) continue
      if (hasToDo(session)) clearing.push(session)
      else this.#give(session, next, now, note)
      used++
    }
    this.#clear(clearing)
  }

  /** The first for which this agent would do. Those before it that are not wanted any more are dropped. */
  #findFor(session: Session): Solitary | undefined {
    const { solitary } = this.#state
    while (solitary[0] !== undefined && !this.#isWanted(solitary[0])) solitary.shift()
    return solitary.find((one) => this.#isWanted(one) && !isLateWith(session, one))
  }

  #isWanted(one: Solitary): boolean {
    return one.kind === 'owned' ? isPlaceable(one.ref) : !this.#state.owned.has(one.offer.expressionId)
  }

  #give(session: Session, solitary: Solitary, now: number, note: (ref: TaskRef) => void): void {
    this.#state.solitary.splice(this.#state.solitary.indexOf(solitary), 1)
    const assignment =
      solitary.kind === 'owned'
        ? this.#giving.assign(session, solitary.ref, now)
        : this.#giving.give(session, { ...solitary.offer, of: solitary }, now)
    if (assignment) {
      assignment.alone = true
      session.aloneWith = assignment.ticket
    }
    if (solitary.kind === 'owned') note(solitary.ref)
    else this.onOfferPlaced(solitary.offer, session)
  }

  /** There is no agent here. Other replicas may have some. */
  #leave(): void {
    const waiting = this.#state.solitary
    this.#state.solitary = []
    this.#clear([])
    for (const one of waiting) if (one.kind === 'owned') this.#line.enqueue(one.ref.owned, one.ref.task)
    const offers = waiting.flatMap((one) => (one.kind === 'offered' ? [one.offer] : []))
    if (offers.length > 0) this.onOffersLeft(offers)
  }

  #clear(clearing: readonly Session[]): void {
    for (const session of this.#clearing) session.clearing = false
    for (const session of clearing) session.clearing = true
    this.#clearing = clearing
  }
}

/** What is late does not count: nobody knows whether it will ever be done. */
const hasToDo = ({ assignments }: Session): boolean => [...assignments.values()].some(({ overdue }) => !overdue)

const lessToDo = (a: Session, b: Session): number => a.assignments.size - b.assignments.size

const isLateWith = (session: Session, one: Solitary): boolean => one.kind === 'owned' && holdsAlready(session, one.ref)
