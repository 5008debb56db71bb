/** A result as the server tells it. */
export interface ResultTexts {
  readonly decimal: string
  readonly fraction: string
  readonly repeating: string | null
  readonly isDecimalExact: boolean
}

export interface ResultForm {
  readonly name: 'Decimal' | 'Whole number' | 'Rounded' | 'Fraction' | 'Repeating' | 'Exact decimal'
  readonly sign: '=' | '≈'
  readonly text: string
}

/** A longer whole number comes after its rounding: it would fill the page. */
const longestFirst = 1_000

/** Each form of a result that says something of its own, the one that tells most first. A whole number has no other exact form. */
export function resultForms({ decimal, fraction, repeating, isDecimalExact }: ResultTexts): readonly ResultForm[] {
  if (!fraction.includes('/')) {
    if (fraction === decimal) return [{ name: 'Decimal', sign: '=', text: decimal }]
    const whole = { name: 'Whole number', sign: '=', text: fraction } as const
    const rounded = { name: 'Rounded', sign: isDecimalExact ? '=' : '≈', text: decimal } as const
    return fraction.length > longestFirst ? [rounded, whole] : [whole, rounded]
  }
  const forms: ResultForm[] = [
    { name: 'Decimal', sign: isDecimalExact ? '=' : '≈', text: decimal },
    { name: 'Fraction', sign: '=', text: fraction },
  ]
  if (repeating !== null && repeating !== decimal)
    forms.push({ name: repeating.endsWith(')') ? 'Repeating' : 'Exact decimal', sign: '=', text: repeating })
  return forms
}
