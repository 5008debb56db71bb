import { CompiledPlan } from '../../domain/plan/compiled-plan.ts'
import { compile, type CompileOptions, type CompileResult } from '../../domain/plan/compile.ts'
import type { CompileFault } from '../../planning/answer.ts'
import type { PlanningThread } from '../../planning/planning-thread.ts'
import { SerialByKey } from '../../store/serial.ts'
import type { ProcessorTime } from '../processor-time.ts'

type CompiledNow = CompileResult & { readonly kind: 'compiled' }

export type Compiled = (Omit<CompiledNow, 'plan'> & { readonly plan: CompiledPlan }) | CompileFault

/** Shorter ones are compiled at once: that takes less than a millisecond, and to ask a thread as much. */
const longSource = 500

/** Compiles on its client's time: what is short at once, what is long in a thread, so that nobody else waits for it. */
export class Compiler {
  readonly #processor: ProcessorTime
  readonly #thread: PlanningThread
  readonly #lines = new SerialByKey()

  constructor(processor: ProcessorTime, thread: PlanningThread) {
    this.#processor = processor
    this.#thread = thread
  }

  compile(client: string, source: string, options: CompileOptions): Compiled | Promise<Compiled> {
    return isQuick(source, options)
      ? this.#processor.measure(client, () => compileNow(source, options))
      : this.#compileInThread(client, source, options)
  }

  /** One at a time of each client: of many that were asked for at once the later ones are not begun before there is time for them again. */
  #compileInThread(client: string, source: string, options: CompileOptions): Promise<Compiled> {
    return this.#lines.run(client, async () => {
      await this.#processor.whenAdmitted(client)
      return this.#compileNext(client, source, options)
    })
  }

  async #compileNext(client: string, source: string, options: CompileOptions): Promise<Compiled> {
    const { outcome, tookMs } = await this.#thread.compile(client, { source, options })
    this.#processor.spend(client, tookMs)
    if (outcome.kind !== 'compiled') return outcome
    const { text, operationCount, ...rest } = outcome
    return { ...rest, plan: CompiledPlan.fromText(text, operationCount) }
  }
}

function compileNow(source: string, options: CompileOptions): Compiled {
  const result = compile(source, options)
  return result.kind === 'compiled' ? { ...result, plan: CompiledPlan.of(result.plan) } : result
}

/** What is too long is refused unread. A range makes much out of few characters. */
function isQuick(source: string, { limits }: CompileOptions): boolean {
  return source.length > limits.maxSourceLength || (source.length < longSource && !source.includes('..'))
}
