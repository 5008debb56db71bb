import { describe, expect, test } from 'vitest'
import { evaluatePlan } from './support/evaluate-plan.ts'
import { limitErrorOf, limits, planOf, second, syntaxErrorOf } from './support/compiling.ts'
import { compile } from '../../src/domain/plan/compile.ts'

const codePoints = (text: string) =>
  Array.from(text, (character) =>
    /[\p{Cf}\s]/u.test(character) ? `<${character.codePointAt(0)?.toString(16)}>` : character,
  ).join('')
const named = <Row extends readonly [string, ...unknown[]]>(rows: readonly Row[]) =>
  rows.map((row) => [codePoints(row[0]), ...row] as const)

describe('what Reckon prints is read', () => {
  test.each([
    ['0.(3)', '1/3'],
    ['-3.(142857)', '-22/7'],
    ['1.2(34)', '611/495'],
    ['.(3)', '1/3'],
    ['5.(3)', '16/3'],
    ['12.(001)', '11989/999'],
    ['0.(9)', '1'],
    ['0.0(0)', '0'],
    ['-0.(0)', '0'],
    ['0.1(6)*6', '1'],
    ['0.(3)+0.(6)', '1'],
    ['0.(3)^2', '1/9'],
    ['2^-0.(0)', '1'],
    ['1.2E+60', `12${'0'.repeat(59)}`],
    ['1.2e-3', '3/2500'],
    ['-1/3', '-1/3'],
  ])('%s is %s', (source, value) => {
    expect(evaluatePlan(planOf(source))).toBe(value)
  })

  test('a number that repeats stays as it is written, and costs what its value does', () => {
    expect(planOf('-0.(3)').root).toEqual({ literal: '-0.(3)' })
    const long = `0.(${'3'.repeat(9_990)})`
    expect(evaluatePlan(planOf(long))).toBe('1/3')
    const narrow = { maxSourceLength: 10_000, maxOperations: 10, maxDigits: 5, maxTotalDigits: 100 }
    expect(limitErrorOf('1+0.(000001)', { limits: narrow })).toMatchObject({
      code: 'NUMBER_TOO_LONG',
      position: 2,
      length: 10,
    })
    expect(evaluatePlan(planOf('0.(142857)', { limits: narrow }))).toBe('1/7')
  })
})

describe('characters that nobody sees', () => {
  test.each(
    named([
      ['1\u200b+2', '3'],
      ['\ufeff1+2', '3'],
      ['\u200e1+2', '3'],
      ['\u202d1+2\u202c', '3'],
      ['1\u2060+\u00ad2', '3'],
    ]),
  )('%s reads as if they were not there', (_, source, value) => {
    expect(evaluatePlan(planOf(source))).toBe(value)
  })

  test.each(named([['1\u202e+2'], ['1+2\u200f'], ['\u20671+2'], ['\u061c1']]))(
    '%s is named, as it turns text round',
    (_, source) => {
      const { message, suggestion } = syntaxErrorOf(source)
      expect(message).toMatch(/^Remove U\+(202E|200F|2067|061C): it turns the direction/)
      expect(suggestion).toBeNull()
    },
  )
})

describe('a suggestion', () => {
  test.each(
    named([
      // What may mean something else.
      ['3 1/2'],
      ['1 2/3 + 4 5/6'],
      ['5 3/4'],
      ['3 (1/2)'],
      ['1000 000'],
      ['12 34'],
      ['1\t000'],
      ['1+2\n3+4'],
      ['5\n6'],
      ['(1)\n(2)'],
      ['0x10'],
      ['0xFF'],
      ['0b101'],
      ['2²3'],
      ['²+1'],
      ['1+2)*2'],
      ['1+2)'],
      ['4+5+6)*(1+2'],
      [')1+2('],
      ['10%3'],
      ['23 + 5%'],
      ['50%'],
      ['x+1'],
      ['x'],
      ['2xx3'],
      ['5!'],
      ['12:30'],
      ["1'5"],
      ['1__000'],
      ['1_'],
      ['==1'],
      ['1+2=3'],
      ['='],
      ['1,234'],
      ['1.234.567'],
      ['2,5,7'],
      ['0.( 3)'],
      ['0.()'],
      ['0.(3'],
      ['0.(3)2'],
      ['0.(3)e5'],
      ['0.(3)(4)'],
      ['0.(-3)'],
      ['1.(2+3)'],
      // What a division or a power holds on to as far as it is written: 9 or 1, and 12 or 64.
      ['6/2(1+2)'],
      ['6÷2(3)'],
      ['6∕2(3)'],
      ['6/-2(3)'],
      ['6/(2)(3)'],
      ['1/gcd(2, 4)(3)'],
      ['x = 3; 1/2x'],
      ['x = 2; 1/x(3)'],
      ['x = 3; 2^2x'],
      ['2**2(3)'],
      ['2(3)/4(5)'],
      // A power that is raised again, and one that runs into a number.
      ['2²^3'],
      ['2³^2'],
      ['5²**2'],
      ['2²^-1'],
      ['(1+2)² ^ 3'],
      ['2²＾3'],
      ['2²∗∗3'],
      ['2²\u200b^3'],
      ['2²３'],
      ['2² 000'],
      ['2²_000'],
      ['2²e3'],
      ['2²,5'],
      // A comma that stands in no number, and one that may stand in a list.
      ['max(1, 2),3'],
      ['(1+2),5'],
      ['(1+2).5'],
      ['sum(k = 1..3, k),5'],
      ['(1+2),345,678'],
      ['1+,345,678'],
      ['0.5,345,678'],
      ['x = 2; x(2,3)'],
      ['x3 = 2; x3(2,3)'],
      ['(1+2)(3,4)'],
      ['[0,1]'],
      ['{1,2}'],
      ['(0,1]'],
      ['max([1,2])'],
      // An x that is a name somewhere.
      ['sum(x = 1..3, 2x3)'],
      ['x = 5; x + 2x3'],
      ['X = 5; X + 2x3'],
      ['y = 2x3; x = 1; x+y'],
      ['sum(x = 1..3, (1+x)x3)'],
    ]),
  )('is not made for %s', (_, source) => {
    expect(syntaxErrorOf(source).suggestion).toBeNull()
  })

  test.each(
    named([
      // What can mean but one thing.
      ['2+2=', '2+2'],
      ['=1+2', '1+2'],
      ['7*6 =', '7*6 '],
      ['1_000', '1000'],
      ['10_000+1_0.5', '10000+10.5'],
      ["1'000", '1000'],
      ["12'345'678", '12345678'],
      ['1’000', '1000'],
      ['１２＋３', '12+3'],
      ['1２．５', '12.5'],
      ['3⁴', '3^4'],
      ['5⁻²', '5^-2'],
      ['10¹²', '10^12'],
      ['2²³', '2^23'],
      ['(1+2)³', '(1+2)^3'],
      ['2x3', '2*3'],
      ['2 x 3', '2 * 3'],
      ['(1+2)x(3)', '(1+2)*(3)'],
      ['2(3+4)', '2*(3+4)'],
      ['2 (3+4)', '2*(3+4)'],
      ['(1+2)(3+4)', '(1+2)*(3+4)'],
      ['0.5(1+2)', '0.5*(1+2)'],
      ['1 000 000', '1000000'],
      ['12\u202f345', '12345'],
      ['12\u200b34', '1234'],
      ['1\u00ad0.5', '10.5'],
      ['1,5', '1.5'],
      ['(1+2', '(1+2)'],
      ['6/2*3(4)', '6/2*3*(4)'],
      ['6-2(3)', '6-2*(3)'],
      ['-2(3)', '-2*(3)'],
      ['2^3*4(5)', '2^3*4*(5)'],
      ['2^3²', '2^3^2'],
      ['max(2², 3)', 'max(2^2, 3)'],
      ['x = 2²\n3*x', 'x = 2^2\n3*x'],
      ['sum(k = 2²..5, k)', 'sum(k = 2^2..5, k)'],
      ['x = 3; x²', 'x = 3; x^2'],
      ['x2 = 3; x2²', 'x2 = 3; x2^2'],
      ['sum(k = 1..3, k²)', 'sum(k = 1..3, k^2)'],
      ['ab = 3; 2ab⁻¹', 'ab = 3; 2*ab^-1'],
      ['2(1,5)', '2*(1.5)'],
      ['2e3(1,5)', '2e3*(1.5)'],
      ['0,5(1+2)', '0.5*(1+2)'],
      ['x = 3; 2,5x', 'x = 3; 2.5*x'],
      ['x = 3; x*(2,5)', 'x = 3; x*(2.5)'],
      ['1+,5', '1+.5'],
      ['[max(1, 2)]', '(max(1, 2))'],
      ['sum(x = 1..3, (1+2)x(3))', 'sum(x = 1..3, (1+2)*x*(3))'],
      ['sum(xs = 1..3, 2x3)', 'sum(xs = 1..3, 2*3)'],
      ['sum(k = 1:3, k)', 'sum(k = 1..3, k)'],
      ['sum(k = 1…3, k)', 'sum(k = 1..3, k)'],
      ['sum(k: 1..3, k)', 'sum(k= 1..3, k)'],
    ]),
  )('for %s is what was meant', (_, source, suggestion) => {
    expect(syntaxErrorOf(source).suggestion).toBe(suggestion)
  })
})

describe('a message', () => {
  test.each([
    ['10%3', /^Write mod\(a, b\) .* and \/100 for per cent\.$/],
    ['0x10', /^Write the number in decimal digits\.$/],
    ['x+1', /^Give x a value first/],
    ['2 $ 3', /^\$ means nothing here/],
    ['3 1/2', /^Write an operator between 3 and 1\.$/],
    ['(1+2', /opened at character 1\.$/],
    ['12\u200b34', /^Write the number without U\+200B\.$/],
    ['6/2(1+2)', /^Write an operator, such as \*, between 2 and \(\.$/],
    ['x = 5; x + 2x3', /^Write an operator, such as \*, between 2 and x3\.$/],
    ['2²^3', /^Write \^2 instead of ², and parentheses round the power that is raised\.$/],
    ['2²e3', /^Write \^2 instead of ², and an operator after it\.$/],
    ['sum(k = 1:3, k)', /^Write \.\. instead of :\.$/],
    ['product(k = (1+1):3, k)', /^Write \.\. instead of :\.$/],
    ['sum(k: 1..3, k)', /^Write = instead of :\.$/],
    ['sum(k = 6:2..9, k)', /^Write \/ to divide\.$/],
    ['sum(k = 1..3:1, k)', /^Write \/ to divide\.$/],
    ['sum(k = 1..3; k)', /^Write a comma and what the sum is of after the range/],
    ['product(k = 1; 3, k)', /^Write the last value of the range after two points/],
    ['sum(k = 1..3', /^Write a comma and what the sum is of after the range/],
    ['sum(k = 1..3, k; 2)', /^Close the parenthesis opened at character 4\.$/],
    ['max(1; 2)', /^Write a comma, or close the parenthesis opened at character 4\.$/],
    ['mod(7; 4)', /^Write a comma instead of ;\.$/],
    ['abs(1; 2)', /^Close the parenthesis opened at character 4\.$/],
  ])('of %s tells what to do', (source, message) => {
    expect(syntaxErrorOf(source).message).toMatch(message)
  })

  test.each([
    ['1e99999999999', 'this one has more than 2147483647 digits'],
    ['1e-99999999999', 'this one has more than 2147483647 digits'],
    ['1e99999', 'this one has 100000 digits'],
  ])('of %s tells no false number', (source, part) => {
    expect(limitErrorOf(source).message).toContain(part)
  })

  test.each([
    ['😀', ['number', 'name', '(', '-', '+']],
    ['1+😀', ['number', 'name', '(', '-', '+']],
    ['1😀', ['+', '-', '*', '/', '^', 'end of expression']],
    ['(1😀', ['+', '-', '*', '/', '^', ')']],
    ['1%', ['+', '-', '*', '/', '^', 'end of expression']],
    ['2x3', ['+', '-', '*', '/', '^', 'end of expression']],
    ['sum($ = 1..2, 1)', ['name']],
    ['sum(k$ = 1..2, 1)', ['=']],
    ['sum(k = 1:2, k)', ['+', '-', '*', '/', '^', '..']],
    ['2+2=', ['+', '-', '*', '/', '^', 'end of expression']],
    ['(1=2)', ['+', '-', '*', '/', '^', ')']],
    ['(=1)', ['number', 'name', '(', '-', '+']],
    ['x = 1 = 2; x', ['+', '-', '*', '/', '^', ';', 'new line']],
    ['max(1=2)', ['+', '-', '*', '/', '^', ',', ')']],
    ['sum(k = 1=2..3, k)', ['+', '-', '*', '/', '^', '..']],
    ['1)', ['+', '-', '*', '/', '^', 'end of expression']],
    ['x = 1)', ['+', '-', '*', '/', '^', ';', 'new line']],
    ['gcd(1', ['+', '-', '*', '/', '^', ',', ')']],
    ['x = (1; x', ['+', '-', '*', '/', '^', ')']],
    ['mod(1', ['+', '-', '*', '/', '^', ',']],
    ['mod(1, 2', ['+', '-', '*', '/', '^', ')']],
    ['abs(1 2)', ['+', '-', '*', '/', '^', ')']],
    ['sum(k = 1', ['..']],
    ['sum(k = 1..2', [',']],
    ['sum(k = 1..2, k', ['+', '-', '*', '/', '^', ')']],
    ['(1+2),5', ['+', '-', '*', '/', '^', 'end of expression']],
    ['1,5', ['.']],
  ])('of %s lists what can stand there, each once', (source, expected) => {
    expect(syntaxErrorOf(source).expected).toEqual(expected)
  })

  test.each([
    ['1/0', 'the operator / at position 2'],
    ['10÷0', 'the operator ÷ at position 3'],
    ['0**-1', 'the operator ** at position 2 raises 0 to a negative power'],
  ])('of %s names the operator as it is written, at the place that a person counts', (source, part) => {
    const result = compile(source, { regroup: true, durations: second, limits })
    expect(result.kind === 'compiled' && result.foreseen?.message).toContain(part)
  })
})
