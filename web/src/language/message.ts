/**
 * Messages are written in a part of ICU MessageFormat: `{name}`, `{count, plural, one {# task} other {# tasks}}`,
 * `{kind, select, user {…} other {…}}`, and `<link>…</link>` for what stands in an element. See docs/decisions/0035.
 */
export type Piece =
  | string
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'count' }
  | { readonly kind: 'choice'; readonly name: string; readonly isPlural: boolean; readonly forms: Forms }
  | { readonly kind: 'element'; readonly name: string; readonly inside: readonly Piece[] }

type Forms = ReadonlyMap<string, readonly Piece[]>

/** What follows it in a message is not shown: it tells apart two senses of the same words, as in `Failed@@operation`. */
const senseMark = '@@'

const parsed = new Map<string, readonly Piece[]>()

/** @throws where it is malformed, which a test sees to that none is */
export function parseMessage(message: string): readonly Piece[] {
  const known = parsed.get(message)
  if (known) return known
  const [text = ''] = message.split(senseMark)
  const reader = new Reader(text)
  const pieces = reader.pieces(false)
  if (!reader.isAtEnd()) throw new Error(`A message goes on where it should end: ${message}`)
  parsed.set(message, pieces)
  return pieces
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  isAtEnd(): boolean {
    return this.#at === this.#text.length
  }

  pieces(isInPlural: boolean): Piece[] {
    const pieces: Piece[] = []
    for (;;) {
      const text = this.#take(isInPlural ? /[^{}<#]+/y : /[^{}<]+/y)
      if (text) pieces.push(text[0])
      else if (this.#take(/\{/y)) pieces.push(this.#argument(isInPlural))
      else if (isInPlural && this.#take(/#/y)) pieces.push({ kind: 'count' })
      else {
        const [, name] = this.#take(/<(\w+)>/y) ?? []
        if (name === undefined) return pieces
        pieces.push({ kind: 'element', name, inside: this.pieces(isInPlural) })
        this.#need(/<\/\w+>/y)
      }
    }
  }

  #argument(isInPlural: boolean): Piece {
    const [, name = '', choice] = this.#need(/(\w+)(?:, (plural|select), )?/y)
    if (choice !== undefined) {
      const isPlural = choice === 'plural'
      const forms = new Map<string, Piece[]>()
      for (let form; (form = this.#take(/(=?\w+) \{/y)); this.#need(/\} ?/y))
        forms.set(form[1]!, this.pieces(isPlural || isInPlural))
      this.#need(/\}/y)
      return { kind: 'choice', name, isPlural, forms }
    }
    this.#need(/\}/y)
    return { kind: 'value', name }
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found) this.#at = pattern.lastIndex
    return found
  }

  #need(pattern: RegExp): RegExpExecArray {
    const found = this.#take(pattern)
    if (!found) throw new Error(`A message is malformed at ${this.#at}: ${this.#text}`)
    return found
  }
}
