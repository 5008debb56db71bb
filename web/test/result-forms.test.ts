import { describe, expect, it } from 'vitest'
import { formTitle, resultForms } from '../src/features/expression/result-forms.ts'

const shown = (...texts: [decimal: string, fraction: string, repeating: string | null, isDecimalExact: boolean]) => {
  const [decimal, fraction, repeating, isDecimalExact] = texts
  return resultForms({ decimal, fraction, repeating, isDecimalExact }).map(
    ({ kind, sign, text }) => `${formTitle(kind)} ${sign} ${text}`,
  )
}

describe('the forms of a result', () => {
  it('of a short whole number are one', () => expect(shown('42', '42', '42', true)).toEqual(['Decimal = 42']))

  it('of a whole number that is long are all its digits, once, then its rounding', () => {
    const digits = '12345678901234567890123456789012345'
    const rounded = '1.234567890123456789012345678901234E+34'
    expect(shown(rounded, digits, digits, false)).toEqual([`Whole number = ${digits}`, `Rounded ≈ ${rounded}`])
  })

  it('of a round number are both exact', () => {
    const digits = `1${'0'.repeat(40)}`
    expect(shown('1E+40', digits, digits, true)).toEqual([`Whole number = ${digits}`, 'Rounded = 1E+40'])
  })

  it('of a whole number that fills the page begin with its rounding', () => {
    const digits = '7'.repeat(1_001)
    expect(shown('7.78E+1000', digits, digits, false)).toEqual(['Rounded ≈ 7.78E+1000', `Whole number = ${digits}`])
  })

  it('of a fraction are its decimal, itself and its period', () => {
    expect(shown('0.333', '1/3', '0.(3)', false)).toEqual(['Decimal ≈ 0.333', 'Fraction = 1/3', 'Repeating = 0.(3)'])
  })

  it('of a decimal that ends but is long are all its digits too', () => {
    const exact = `0.${'0'.repeat(40)}1`
    const forms = ['Decimal ≈ 1.0E-41', `Fraction = 1/1${'0'.repeat(41)}`, `Exact decimal = ${exact}`]
    expect(shown('1.0E-41', `1/1${'0'.repeat(41)}`, exact, false)).toEqual(forms)
  })

  it('of a fraction whose period is too long are two', () => {
    expect(shown('0.000981', '1/1019', null, false)).toEqual(['Decimal ≈ 0.000981', 'Fraction = 1/1019'])
  })

  it('of a decimal that ends and is short are two', () => {
    expect(shown('0.25', '1/4', '0.25', true)).toEqual(['Decimal = 0.25', 'Fraction = 1/4'])
  })
})
