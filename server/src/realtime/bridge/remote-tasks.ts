import { decodePlan } from '../../domain/plan/plan-codec.ts'
import { TaskGraph } from '../../domain/tasks/task-graph.ts'
import { viewTask, type TaskView } from '../../domain/tasks/task-view.ts'
import type { Database } from '../../store/database.ts'
import { loadLogs, loadResults } from '../../store/expressions/load-logs.ts'
import type { TaskState } from './message.ts'

/** An expression that another replica owns and somebody here watches. */
interface Shadow {
  readonly graph: TaskGraph
  readonly epoch: number
  /** States of tasks without a result, as its owner said. */
  readonly states: Map<number, TaskState>
  /** Tasks of which the owner said that their results are in the log. */
  readonly toRead: Set<number>
  /** A hint of it may have been lost. */
  isDoubtful: boolean
}

/** The tasks of expressions that other replicas own: results from the log, the rest from what their owners tell. */
export class RemoteTasks {
  readonly #shadows = new Map<string, Shadow>()
  /** Hints of expressions whose shadow is not loaded yet. */
  readonly #said = new Map<string, TaskState[]>()
  /** Shadows that are being loaded: of two, the later would forget what was told to the earlier. */
  readonly #loading = new Map<string, Promise<Shadow | undefined>>()
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Takes in what an owner told of an expression that somebody here watches. */
  noteStates(expressionId: string, states: readonly TaskState[]): void {
    const shadow = this.#shadows.get(expressionId)
    if (shadow) for (const state of states) apply(shadow, state)
    else {
      const said = this.#said.get(expressionId)
      if (said) for (const state of states) said.push(state)
      else this.#said.set(expressionId, [...states])
    }
  }

  /** The expression has left its owner's memory, so that the database tells all there is; or nobody watches it any
   * more. Returns the tasks of which it did not know a result. @param before only what is of an earlier epoch than this */
  forget(expressionId: string, before = Infinity): number[] {
    const shadow = this.#shadows.get(expressionId)
    if (shadow && shadow.epoch >= before) return []
    this.#shadows.delete(expressionId)
    // What is just being read may be from before.
    this.#loading.delete(expressionId)
    this.#said.delete(expressionId)
    return shadow ? unfinished(shadow) : []
  }

  /** Hints may have been lost: before anything else is shown, the database is asked. */
  doubt(expressionIds: Iterable<string> = this.#shadows.keys()): void {
    for (const id of expressionIds) {
      const shadow = this.#shadows.get(id)
      if (shadow) shadow.isDoubtful = true
    }
  }

  /** Undefined where the expression does not run at another replica. */
  async tasksOf(expressionId: string, tasks?: readonly number[]): Promise<TaskView[] | undefined> {
    const known = this.#shadows.get(expressionId)
    if (known?.isDoubtful) await this.#check(expressionId, known)
    const shadow = this.#shadows.get(expressionId) ?? (await this.#load(expressionId))
    if (shadow === undefined) return undefined
    await this.#readResults(expressionId, shadow, [...shadow.toRead])
    const standing = { id: expressionId, epoch: shadow.epoch, ended: null }
    return (tasks ?? [...shadow.graph.tasks.keys()])
      .filter((index) => index < shadow.graph.tasks.length)
      .map((index) => overlay(viewTask(shadow.graph, index, standing), shadow.states.get(index)))
  }

  #load(expressionId: string): Promise<Shadow | undefined> {
    const underWay = this.#loading.get(expressionId)
    if (underWay) return underWay
    const isWanted = (): boolean => this.#loading.get(expressionId) === loading
    const loading: Promise<Shadow | undefined> = this.#makeShadow(expressionId)
      .then((shadow) => (shadow && isWanted() ? this.#keep(expressionId, shadow) : undefined))
      .finally(() => isWanted() && this.#loading.delete(expressionId))
    this.#loading.set(expressionId, loading)
    return loading
  }

  #keep(expressionId: string, shadow: Shadow): Shadow {
    for (const state of this.#said.get(expressionId) ?? []) apply(shadow, state)
    this.#said.delete(expressionId)
    this.#shadows.set(expressionId, shadow)
    return shadow
  }

  async #makeShadow(expressionId: string): Promise<Shadow | undefined> {
    const row = await this.#readRow(expressionId)
    if (row?.status !== 'RUNNING') return undefined
    const logs = await loadLogs(this.#database.reads, [expressionId])
    const graph = new TaskGraph(
      decodePlan(row.plan),
      logs.get(expressionId) ?? [],
      (row.startedAt ?? row.createdAt).getTime(),
    )
    return { graph, epoch: row.epoch, states: new Map(), toRead: new Set(), isDoubtful: false }
  }

  /** The expression may have ended or changed hands, or its log have grown, and nobody told. */
  async #check(expressionId: string, shadow: Shadow): Promise<void> {
    shadow.isDoubtful = false
    try {
      const row = await this.#readRow(expressionId)
      const isSame = row?.status === 'RUNNING' && row.epoch === shadow.epoch
      if (isSame) await this.#readResults(expressionId, shadow, unfinished(shadow))
      else this.#shadows.delete(expressionId)
    } catch (error) {
      shadow.isDoubtful = true
      throw error
    }
  }

  #readRow(expressionId: string) {
    return this.#database.prisma.expression.findUnique({
      where: { id: expressionId },
      select: { plan: true, epoch: true, status: true, createdAt: true, startedAt: true },
    })
  }

  async #readResults(expressionId: string, shadow: Shadow, tasks: readonly number[]): Promise<void> {
    if (tasks.length === 0) return
    for (const result of await loadResults(this.#database.reads, expressionId, tasks)) {
      shadow.graph.replay(result)
      shadow.states.delete(result.task)
      shadow.toRead.delete(result.task)
    }
  }
}

const unfinished = ({ graph }: Shadow): number[] =>
  graph.tasks.flatMap(({ state }, task) => (state === 'SUCCEEDED' ? [] : [task]))

function apply(shadow: Shadow, state: TaskState): void {
  if (shadow.graph.tasks[state.index]?.state === 'SUCCEEDED') return
  if (state.status === 'SUCCEEDED') shadow.toRead.add(state.index)
  else if (state.version >= (shadow.states.get(state.index)?.version ?? 0)) shadow.states.set(state.index, state)
}

/** States that the owner knows beyond the log. */
function overlay(view: TaskView, state: TaskState | undefined): TaskView {
  if (view.status === 'SUCCEEDED' || state === undefined) return view
  const { status, version, attempt, agentId, readyAt, startedAt } = state
  const { isRunning = status === 'ASSIGNED' && startedAt !== null } = state
  return { ...view, status, isRunning, version, attempt, agentId, readyAt, startedAt }
}
