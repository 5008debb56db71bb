import { createElement, Fragment, type ReactNode } from 'react'
import { formatCount } from '../format/number.ts'
import { currentCatalogue } from './language.ts'
import { parseMessage, type Piece } from './message.ts'
import { perLanguage } from './per-language.ts'

declare const isMessage: unique symbol

/** An English text that is in the catalogue, shown by `t` where it is needed. */
export interface Message {
  readonly [isMessage]: true
}

/** Only what stands in the source can be found there and translated. */
type Written<Text extends string> = string extends Text ? never : Text

type Values = Readonly<Record<string, string | number>>

/** Of `one`, `few`, `many` and `other` the form that a number takes. */
const plurals = perLanguage((language) => new Intl.PluralRules(language))

type Element = (inside: ReactNode) => ReactNode

/** Marks a text of a constant, which is read once, while `t` has to be asked each time that it is shown. */
export const msg = <const Text extends string>(message: Written<Text>): Message => message as unknown as Message

/** A text in the language of the page. Numbers among the values are written as that language writes them. */
export const t = <const Text extends string>(message: Written<Text> | Message, values: Values = {}): string =>
  fill(piecesOf(message), values, 0).join('')

/** As `t`, for a sentence with elements in it: `<link>…</link>` by a function, `{when}` by what it is. */
export const tx = <const Text extends string>(
  message: Written<Text> | Message,
  values: Readonly<Record<string, ReactNode | Element>>,
): ReactNode => createElement(Fragment, null, ...fill(piecesOf(message), values, 0))

/** A text for what the server tells, by a name that only catalogues have; null where they have none, as in English. */
export function told(name: string, values: Values): string | null {
  const message = currentCatalogue()?.[name]
  return message === undefined ? null : fill(parseMessage(message), values, 0).join('')
}

const piecesOf = (message: string | Message): readonly Piece[] =>
  parseMessage(currentCatalogue()?.[message as string] ?? (message as string))

function fill(pieces: readonly Piece[], values: Readonly<Record<string, unknown>>, count: number): ReactNode[] {
  return pieces.flatMap((piece): ReactNode[] => {
    if (typeof piece === 'string') return [piece]
    switch (piece.kind) {
      case 'value':
        return [written(values[piece.name])]
      case 'count':
        return [formatCount(count)]
      case 'choice': {
        const value = values[piece.name]
        const number = piece.isPlural ? Number(value) : count
        const chosen = piece.isPlural
          ? (piece.forms.get(`=${number}`) ?? piece.forms.get(plurals().select(number)))
          : piece.forms.get(String(value))
        return fill(chosen ?? piece.forms.get('other') ?? [], values, number)
      }
      case 'element': {
        const inside = createElement(Fragment, null, ...fill(piece.inside, values, count))
        return [(values[piece.name] as Element)(inside)]
      }
      default:
        return piece satisfies never
    }
  })
}

const written = (value: unknown): ReactNode => (typeof value === 'number' ? formatCount(value) : (value as ReactNode))
