import { msg, t } from '../../language/t.ts'

const titles = {
  decimal: { title: msg('Decimal'), copy: msg('Copy decimal') },
  whole: { title: msg('Whole number'), copy: msg('Copy whole number') },
  rounded: { title: msg('Rounded'), copy: msg('Copy rounded') },
  fraction: { title: msg('Fraction'), copy: msg('Copy fraction') },
  repeating: { title: msg('Repeating'), copy: msg('Copy repeating') },
  exact: { title: msg('Exact decimal'), copy: msg('Copy exact decimal') },
} as const

/** A result as the server tells it. */
export interface ResultTexts {
  readonly decimal: string
  readonly fraction: string
  readonly repeating: string | null
  readonly isDecimalExact: boolean
}

export interface ResultForm {
  readonly kind: keyof typeof titles
  readonly sign: '=' | '≈'
  readonly text: string
}

/** A longer whole number comes after its rounding: it would fill the page. */
const longestFirst = 1_000

/** Each form of a result that says something of its own, the one that tells most first. A whole number has no other exact form. */
export function resultForms({ decimal, fraction, repeating, isDecimalExact }: ResultTexts): readonly ResultForm[] {
  if (!fraction.includes('/')) {
    if (fraction === decimal) return [{ kind: 'decimal', sign: '=', text: decimal }]
    const whole = { kind: 'whole', sign: '=', text: fraction } as const
    const rounded = { kind: 'rounded', sign: isDecimalExact ? '=' : '≈', text: decimal } as const
    return fraction.length > longestFirst ? [rounded, whole] : [whole, rounded]
  }
  const forms: ResultForm[] = [
    { kind: 'decimal', sign: isDecimalExact ? '=' : '≈', text: decimal },
    { kind: 'fraction', sign: '=', text: fraction },
  ]
  if (repeating !== null && repeating !== decimal)
    forms.push({ kind: repeating.endsWith(')') ? 'repeating' : 'exact', sign: '=', text: repeating })
  return forms
}

/** What a form is called. */
export const formTitle = (kind: ResultForm['kind']): string => t(titles[kind].title)

/** Of the button that copies it. */
export const copyLabel = (kind: ResultForm['kind']): string => t(titles[kind].copy)
