/** A part of a source and what it is made of. Ends are exclusive. */
export type SourceNode = Extent &
  (
    | { readonly kind: 'number' }
    /** What a name stands for; null where that is the variable of a range. */
    | { readonly kind: 'name'; readonly value: SourceNode | null }
    | { readonly kind: 'group' | 'negation'; readonly operand: SourceNode }
    /** `at` is where its operator stands, or its name. */
    | {
        readonly kind: 'operation'
        readonly operation: string
        readonly at: number
        readonly operands: readonly SourceNode[]
      }
    /** A `sum` or a `product`, whose body stands for many operations. */
    | {
        readonly kind: 'range'
        readonly at: number
        readonly word: string
        readonly body: SourceNode
        readonly isInRange: boolean
      }
  )

interface Extent {
  readonly start: number
  readonly end: number
}

export interface SourceTree {
  /** What each statement computes, the last one being the expression. */
  readonly roots: readonly SourceNode[]
  /** All, operands before those who use them. */
  readonly nodes: readonly SourceNode[]
}

const spellings: Readonly<Record<string, string>> = {
  '+': '+',
  '-': '-',
  '\u2212': '-',
  '*': '*',
  '×': '*',
  '·': '*',
  '/': '/',
  '÷': '/',
  '\u2044': '/',
  '^': '^',
  '**': '^',
}
const precedence: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 }
const ofNegation = 3

const token =
  /\s*(?:(\d+(?:\.(?!\.)\d*)?(?:\(\d+\))?(?:[eE][+-]?\d+)?|\.\d+(?:\(\d+\))?(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\d_]*)|(\.\.|\*\*|[-+*/^×·÷−⁄(),;=]))/uy

type Pending =
  | { readonly kind: 'binary'; readonly operation: string; readonly at: number }
  | { readonly kind: 'negation'; readonly at: number }
  | {
      readonly kind: 'open'
      readonly at: number
      readonly name: string | null
      readonly operands: number
      isRange: boolean
    }

/** What stands after a name: the sign of a binding or a parenthesis. */
const afterName = /\s*([=(]?)/y

/**
 * Reads a source that the server has understood, for the extents of its parts alone. Of what it cannot read it says null: nothing is shown
 * by a tree that does not agree with the plan.
 */
export const readSource = (source: string): SourceTree | null => new Reader(source).read()

class Reader {
  readonly #source: string
  readonly #nodes: SourceNode[] = []
  readonly #operands: SourceNode[] = []
  readonly #pending: Pending[] = []
  readonly #names = new Map<string, SourceNode>()
  readonly #roots: SourceNode[] = []
  #binding: string | null = null
  #isOperandNext = true
  #position = 0

  constructor(source: string) {
    this.#source = source
  }

  read(): SourceTree | null {
    const end = this.#source.trimEnd().length
    while (this.#position < end) if (!this.#readToken()) return null
    return this.#endStatement() ? { roots: this.#roots, nodes: this.#nodes } : null
  }

  #readToken(): boolean {
    token.lastIndex = this.#position
    const [all, number, name, mark = ''] = token.exec(this.#source) ?? []
    if (all === undefined) return false
    // Only a new line parts two operands.
    if (!this.#isOperandNext && (number !== undefined || name !== undefined || mark === '('))
      return all.includes('\n') && this.#endStatement()
    this.#position += all.length
    const at = this.#position - (number ?? name ?? mark).length
    if (number !== undefined) return this.#add({ kind: 'number', start: at, end: this.#position })
    if (name !== undefined) return this.#readName(name, at)
    return this.#readMark(mark, at)
  }

  #readName(name: string, at: number): boolean {
    afterName.lastIndex = this.#position
    const [all = '', next = ''] = afterName.exec(this.#source) ?? []
    const isFirst = this.#pending.length === 0 && this.#operands.length === 0
    const isBinding = next === '=' && isFirst
    if (!isBinding && (next !== '(' || this.#names.has(name)))
      return this.#add({ kind: 'name', start: at, end: this.#position, value: this.#names.get(name) ?? null })
    this.#position += all.length
    if (isBinding) this.#binding = name
    else this.#open(at, name)
    return true
  }

  #readMark(mark: string, at: number): boolean {
    const operation = spellings[mark]
    if (operation !== undefined) return this.#readOperator(operation, at)
    if (mark === '(') return this.#open(at, null)
    if (mark === ')') return this.#close()
    if (mark === ';') return this.#endStatement()
    // A comma, or what belongs to a range.
    const open = this.#reduceTo(0, false) ? this.#pending.at(-1) : undefined
    if (open?.kind !== 'open') return false
    if (mark !== ',') open.isRange = true
    this.#isOperandNext = true
    return true
  }

  #readOperator(operation: string, at: number): boolean {
    if (this.#isOperandNext) {
      if (operation === '-') this.#pending.push({ kind: 'negation', at })
      return true
    }
    if (!this.#reduceTo(precedence[operation] ?? 0, operation === '^')) return false
    this.#pending.push({ kind: 'binary', operation, at })
    this.#isOperandNext = true
    return true
  }

  #add(node: SourceNode): boolean {
    this.#nodes.push(node)
    this.#operands.push(node)
    this.#isOperandNext = false
    return true
  }

  #open(at: number, name: string | null): boolean {
    this.#pending.push({ kind: 'open', at, name, operands: this.#operands.length, isRange: false })
    this.#isOperandNext = true
    return true
  }

  #close(): boolean {
    const open = this.#reduceTo(0, false) ? this.#pending.pop() : undefined
    if (open?.kind !== 'open') return false
    const { at, name, isRange } = open
    const operands = this.#operands.splice(open.operands)
    const extent = { start: at, end: this.#position }
    const isInRange = this.#pending.some((outer) => outer.kind === 'open' && outer.isRange)
    if (isRange) {
      const body = operands.at(-1)
      return body !== undefined && this.#add({ ...extent, kind: 'range', at, word: name ?? '', body, isInRange })
    }
    if (name !== null) return this.#add({ ...extent, kind: 'operation', operation: name, at, operands })
    return operands[0] !== undefined && this.#add({ ...extent, kind: 'group', operand: operands[0] })
  }

  /** Joins what is pending and binds tighter. */
  #reduceTo(least: number, isRightToLeft: boolean): boolean {
    for (let top = this.#pending.at(-1); top && top.kind !== 'open'; top = this.#pending.at(-1)) {
      const held = top.kind === 'negation' ? ofNegation : (precedence[top.operation] ?? 0)
      if (held < least || (held === least && isRightToLeft)) break
      const right = this.#operands.pop()
      const left = top.kind === 'binary' ? this.#operands.pop() : right
      if (!left || !right) return false
      this.#pending.pop()
      if (top.kind === 'negation') this.#add({ kind: 'negation', start: top.at, end: right.end, operand: right })
      else this.#add({ ...top, kind: 'operation', start: left.start, end: right.end, operands: [left, right] })
    }
    return true
  }

  #endStatement(): boolean {
    if (!this.#reduceTo(0, false) || this.#pending.length > 0) return false
    const root = this.#operands.pop()
    if (!root || this.#operands.length > 0) return false
    this.#roots.push(root)
    if (this.#binding !== null) this.#names.set(this.#binding, root)
    this.#binding = null
    this.#isOperandNext = true
    return true
  }
}
