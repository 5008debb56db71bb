import { decodePlan, encodePlan } from './plan-codec.ts'
import type { Plan } from './plan.ts'

/** A plan in its two forms: objects for memory, text for the database and for other threads. Each is made when it is asked for. */
export class CompiledPlan {
  readonly operationCount: number
  #plan: Plan | null
  #text: string | null

  private constructor(operationCount: number, plan: Plan | null, text: string | null) {
    this.operationCount = operationCount
    this.#plan = plan
    this.#text = text
  }

  static of(plan: Plan): CompiledPlan {
    return new CompiledPlan(plan.tasks.length, plan, null)
  }

  /** @param text what another one's `text` was */
  static fromText(text: string, operationCount: number): CompiledPlan {
    return new CompiledPlan(operationCount, null, text)
  }

  get plan(): Plan {
    return (this.#plan ??= decodePlan(JSON.parse(this.#text ?? '')))
  }

  /** JSON. */
  get text(): string {
    return (this.#text ??= JSON.stringify(encodePlan(this.plan)))
  }
}
