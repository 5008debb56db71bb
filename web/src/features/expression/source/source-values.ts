import { chainOf, chainParts, type Chain } from './chain-parts.ts'
import type { SourceNode, SourceTree } from './source-tree.ts'

/** What it takes of a task of the plan to know which part of a source it computes. */
export interface PlacedTask {
  readonly index: number
  readonly operation: string
  readonly spans: readonly { readonly position: number }[]
  readonly operands: readonly {
    readonly task: { readonly index: number } | null
    readonly negated: boolean
    readonly value: { readonly short: string } | null
  }[]
}

/** What a part of a source is in the plan: a task's result, negated or not, or a number. */
type Meaning =
  | { readonly kind: 'task'; readonly index: number; readonly isNegated: boolean }
  | { readonly kind: 'number'; readonly value: number }

export type TaskMeaning = Extract<Meaning, { kind: 'task' }>

/**
 * Which task computes each part of a source, where one does. A part has a task only if that works on what the part works on, so that
 * nothing false is ever shown: in sums and products that were regrouped it is all of their terms that count.
 */
export function taskMeanings(
  source: string,
  tree: SourceTree,
  plan: readonly PlacedTask[],
): ReadonlyMap<SourceNode, TaskMeaning> {
  const { nodes } = tree
  const at = tasksByPosition(plan)
  const meanings = new Map<SourceNode, Meaning>()
  const parts = chainParts(tree)
  for (const node of nodes) {
    const meaning = meaningOf(node)
    if (meaning) meanings.set(node, meaning)
  }
  return new Map(
    [...meanings].flatMap(([node, meaning]) => (meaning.kind === 'task' ? [[node, meaning] as const] : [])),
  )

  function meaningOf(node: SourceNode): Meaning | null {
    switch (node.kind) {
      case 'number':
        return { kind: 'number', value: approximate(source.slice(node.start, node.end)) }
      case 'name':
        return (node.value && meanings.get(node.value)) ?? null
      case 'group':
        return meanings.get(node.operand) ?? null
      case 'negation':
        return negate(meanings.get(node.operand) ?? null)
      case 'range':
        return node.isInRange || parts.has(node) || mayTurn(node) ? null : joined(node)
      case 'operation':
        return directly(node) ?? (parts.has(node) ? null : regrouped(node))
      default:
        return node satisfies never
    }
  }

  /** Whether its terms may have been joined with their signs turned, which cannot be told from the tasks. */
  function mayTurn({ start, end }: SourceNode): boolean {
    if (/[-\u2212]/.test(source.slice(start, end))) return true
    return nodes.some((node) => node.kind === 'name' && node.value !== null && node.start >= start && node.end <= end)
  }

  /** The last of all that stands in a range, where that joins its values; of one value there is nothing to join. */
  function joined({ start, end, at: word }: SourceNode & { kind: 'range' }): Meaning | null {
    const within = [...at].flatMap(([position, tasks]) => (position >= start && position < end ? tasks : []))
    const last = lastOf(within)
    return at.get(word)?.some(({ index }) => index === last?.index) === true ? last : null
  }

  /** The task at its operator, where it works on the same operands. */
  function directly(node: SourceNode & { kind: 'operation' }): Meaning | null {
    const found = at
      .get(node.at)
      ?.find(
        ({ operation, operands }) =>
          operation === node.operation &&
          operands.length === node.operands.length &&
          operands.every((operand, place) => isSame(operand, meanings.get(node.operands[place]!))),
      )
    return found ? { kind: 'task', index: found.index, isNegated: false } : null
  }

  /** Of a whole sum or product the task that joins the same terms, in whatever order. */
  function regrouped(node: SourceNode & { kind: 'operation' }): Meaning | null {
    const kind = chainOf(node.operation)
    if (kind === null) return null
    const written = termsOfSource(node, kind)
    const root = lastOf(written.operators.flatMap((position) => at.get(position) ?? []))
    if (!root) return null
    const stops = new Set<number>()
    for (const { key, task } of written.terms) {
      if (key === null) return null
      if (task !== null) stops.add(task)
    }
    const computed = termsOfPlan(root.index, kind, stops)
    const isNegated = computed !== null && compare(written, computed, kind)
    return computed === null || isNegated === 'different' ? null : { ...root, isNegated: isNegated === 'negated' }
  }

  function termsOfSource(top: SourceNode, kind: Chain): WrittenTerms {
    const terms: Term[] = []
    const operators: number[] = []
    let isNegated = false
    const open = [{ node: top, sign: 1 }]
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, sign } = next
      if (node.kind === 'group') open.push({ node: node.operand, sign })
      else if (node.kind === 'negation') {
        if (kind === 'sum') open.push({ node: node.operand, sign: -sign })
        else {
          isNegated = !isNegated
          open.push({ node: node.operand, sign })
        }
      } else if (node.kind === 'operation' && chainOf(node.operation) === kind) {
        operators.push(node.at)
        const [left, right] = node.operands
        if (left) open.push({ node: left, sign })
        if (right) open.push({ node: right, sign: isInverse(node.operation) ? -sign : sign })
      } else terms.push(termOf(meanings.get(node) ?? null, sign, kind, () => (isNegated = !isNegated)))
    }
    return { terms, operators, isNegated }
  }

  function termsOfPlan(root: number, kind: Chain, stops: ReadonlySet<number>): Terms | null {
    const terms: Term[] = []
    let isNegated = false
    const open = [{ index: root, sign: 1 }]
    for (let next = open.pop(); next; next = open.pop()) {
      const task = plan[next.index]
      if (!task || chainOf(task.operation) !== kind || terms.length > plan.length) return null
      for (const [place, operand] of task.operands.entries()) {
        let sign = place > 0 && isInverse(task.operation) ? -next.sign : next.sign
        if (operand.task && !stops.has(operand.task.index)) {
          if (operand.negated && kind === 'sum') sign = -sign
          if (operand.negated && kind === 'product') isNegated = !isNegated
          open.push({ index: operand.task.index, sign })
          continue
        }
        const meaning: Meaning = operand.task
          ? { kind: 'task', index: operand.task.index, isNegated: operand.negated }
          : { kind: 'number', value: approximate(operand.value?.short ?? '') }
        terms.push(termOf(meaning, sign, kind, () => (isNegated = !isNegated)))
      }
    }
    return { terms, isNegated }
  }
}

interface Term {
  /** The same for the same; null where nobody knows what it is. */
  readonly key: string | null
  readonly task: number | null
  readonly sign: number
}

interface Terms {
  readonly terms: readonly Term[]
  /** Of a product, whether an odd number of its factors are. */
  readonly isNegated: boolean
}

interface WrittenTerms extends Terms {
  readonly operators: readonly number[]
}

const isInverse = (operation: string): boolean => operation === '-' || operation === '/'

function termOf(meaning: Meaning | null, sign: number, kind: Chain, negateProduct: () => void): Term {
  if (!meaning) return { key: null, task: null, sign }
  const isNegative = meaning.kind === 'task' ? meaning.isNegated : meaning.value < 0
  if (isNegative && kind === 'product') negateProduct()
  return {
    key: meaning.kind === 'task' ? `#${meaning.index}` : Math.abs(meaning.value).toPrecision(11),
    task: meaning.kind === 'task' ? meaning.index : null,
    sign: isNegative && kind === 'sum' ? -sign : sign,
  }
}

/** Whether two lists of terms are the same in any order, or the same with all signs turned. */
function compare(written: Terms, computed: Terms, kind: Chain): 'same' | 'negated' | 'different' {
  const listOf = ({ terms }: Terms, turn: number) =>
    terms
      .map(({ key, sign }) => `${sign * turn} ${key}`)
      .sort()
      .join()
  if (listOf(written, 1) === listOf(computed, 1))
    return kind === 'product' && written.isNegated !== computed.isNegated ? 'negated' : 'same'
  return kind === 'sum' && listOf(written, 1) === listOf(computed, -1) ? 'negated' : 'different'
}

function tasksByPosition(plan: readonly PlacedTask[]): ReadonlyMap<number, readonly PlacedTask[]> {
  const tasks = new Map<number, PlacedTask[]>()
  for (const task of plan)
    for (const { position } of task.spans) {
      const here = tasks.get(position)
      if (here) here.push(task)
      else tasks.set(position, [task])
    }
  return tasks
}

/** Of tasks that are joined into one the one that none of the others works on; null where there are several. */
function lastOf(tasks: readonly PlacedTask[]): TaskMeaning | null {
  const used = new Set(tasks.flatMap(({ operands }) => operands.flatMap(({ task }) => (task ? [task.index] : []))))
  const last = new Set(tasks.filter(({ index }) => !used.has(index)).map(({ index }) => index))
  const [index] = last
  return index !== undefined && last.size === 1 ? { kind: 'task', index, isNegated: false } : null
}

function negate(meaning: Meaning | null): Meaning | null {
  if (meaning?.kind === 'task') return { ...meaning, isNegated: !meaning.isNegated }
  return meaning && { ...meaning, value: -meaning.value }
}

function isSame(operand: PlacedTask['operands'][number], meaning: Meaning | undefined): boolean {
  if (operand.task) {
    const { task, negated } = operand
    return meaning?.kind === 'task' && meaning.index === task.index && meaning.isNegated === negated
  }
  const value = approximate(operand.value?.short ?? '')
  return meaning?.kind === 'number' && Math.abs(meaning.value - value) <= Math.abs(value) * 1e-11
}

/** A number of a source or of a task to some ten digits, `0.(3)` included. */
function approximate(text: string): number {
  const [, before = '', period = '', after = ''] = /^(.*)\((\d+)\)(.*)$/.exec(text) ?? []
  return Number(period === '' ? text : `${before}${period.repeat(Math.ceil(16 / period.length))}${after}`)
}
