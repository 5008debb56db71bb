import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/domain/plan/compile.ts'
import { limits, second, syntaxErrorOf } from './support/compiling.ts'

describe('a source that is no expression', () => {
  test.each([
    // source, code, position, length, suggestion
    ['', 'EMPTY_EXPRESSION', 0, 0, null],
    ['  \n', 'EMPTY_EXPRESSION', 3, 0, null],
    ['2(1+2)', 'IMPLICIT_MULTIPLICATION', 1, 1, '2*(1+2)'],
    ['(1)(2)', 'IMPLICIT_MULTIPLICATION', 3, 1, '(1)*(2)'],
    ['(1)2', 'IMPLICIT_MULTIPLICATION', 3, 1, '(1)*2'],
    ['2 (3) (4)5', 'IMPLICIT_MULTIPLICATION', 2, 1, '2*(3)*(4)*5'],
    ['2 3', 'IMPLICIT_MULTIPLICATION', 2, 1, null],
    ['2 345.6', 'SPACE_IN_NUMBER', 1, 1, '2345.6'],
    ['1 000', 'SPACE_IN_NUMBER', 1, 1, '1000'],
    ['1 000 000+2', 'SPACE_IN_NUMBER', 1, 1, '1000000+2'],
    ['1 000  000+2', 'SPACE_IN_NUMBER', 1, 1, null],
    ['0 123', 'IMPLICIT_MULTIPLICATION', 2, 3, null],
    ['1 0000', 'IMPLICIT_MULTIPLICATION', 2, 4, null],
    ['1,5', 'DECIMAL_COMMA', 1, 1, '1.5'],
    ['0,125+,5', 'DECIMAL_COMMA', 1, 1, '0.125+.5'],
    ['1,234', 'DECIMAL_COMMA', 1, 1, null],
    ['1234,567', 'DECIMAL_COMMA', 4, 1, '1234.567'],
    ['1,234,567', 'DECIMAL_COMMA', 1, 1, '1234567'],
    ['1,234.5', 'DECIMAL_COMMA', 1, 1, '1234.5'],
    ['1+', 'MISSING_OPERAND', 2, 0, null],
    ['1+ ', 'MISSING_OPERAND', 3, 0, null],
    ['-', 'MISSING_OPERAND', 1, 0, null],
    ['1+*2', 'MISSING_OPERAND', 2, 1, null],
    ['2* *3', 'MISSING_OPERAND', 3, 1, null],
    ['2***3', 'MISSING_OPERAND', 3, 1, null],
    ['*2', 'MISSING_OPERAND', 0, 1, null],
    ['()', 'MISSING_OPERAND', 1, 1, null],
    ['(1+)', 'MISSING_OPERAND', 3, 1, null],
    [')', 'MISSING_OPERAND', 0, 1, null],
    ['(', 'MISSING_OPERAND', 1, 0, null],
    ['(1+2', 'UNCLOSED_PARENTHESIS', 4, 0, '(1+2)'],
    ['((1+2)*(3', 'UNCLOSED_PARENTHESIS', 9, 0, '((1+2)*(3))'],
    ['1+2)', 'UNOPENED_PARENTHESIS', 3, 1, null],
    ['(1))*2(3', 'UNOPENED_PARENTHESIS', 3, 1, null],
    ['1.2.3', 'MALFORMED_NUMBER', 0, 5, null],
    ['1+1..', 'MALFORMED_NUMBER', 2, 3, null],
    ['.', 'MALFORMED_NUMBER', 0, 1, null],
    ['1e', 'MALFORMED_NUMBER', 0, 2, null],
    ['1e+', 'MALFORMED_NUMBER', 0, 3, null],
    ['1e2.5', 'MALFORMED_NUMBER', 0, 5, null],
    ['1e2e3', 'MALFORMED_NUMBER', 0, 5, null],
    ['2 $ 3', 'UNKNOWN_CHARACTER', 2, 1, null],
    ['1+😀', 'UNKNOWN_CHARACTER', 2, 2, null],
    ['1+\ud83d', 'UNKNOWN_CHARACTER', 2, 1, null],
    ['sin(3)', 'UNKNOWN_FUNCTION', 0, 3, null],
    ['2x', 'IMPLICIT_MULTIPLICATION', 1, 1, null],
    ['2x3', 'UNKNOWN_CHARACTER', 1, 1, '2*3'],
    ['2–3', 'UNKNOWN_CHARACTER', 1, 1, '2-3'],
    ['[1+2]⋅3²', 'UNKNOWN_CHARACTER', 0, 1, '(1+2)*3^2'],
    ['1\u0000', 'UNKNOWN_CHARACTER', 1, 1, null],
  ])('%j: %s at %i, length %i, suggestion %j', (source, code, position, length, suggestion) => {
    expect(syntaxErrorOf(source)).toMatchObject({ code, position, length, suggestion })
  })

  test('reports the first fault', () => {
    expect(syntaxErrorOf('2(1)$')).toMatchObject({ code: 'IMPLICIT_MULTIPLICATION', position: 1, suggestion: null })
    expect(syntaxErrorOf('$2(1)')).toMatchObject({ code: 'UNKNOWN_CHARACTER', position: 0 })
  })

  test('suggests nothing that would be over a limit', () => {
    expect(syntaxErrorOf('(2e9999').suggestion).toBe('(2e9999)')
    expect(syntaxErrorOf('(2e10000').suggestion).toBeNull()
  })

  test('says what was expected', () => {
    expect(syntaxErrorOf('1+').expected).toEqual(['number', 'name', '(', '-', '+'])
    expect(syntaxErrorOf('1 2').expected).toEqual(['+', '-', '*', '/', '^', 'end of expression'])
    expect(syntaxErrorOf('(1 2').expected).toEqual(['+', '-', '*', '/', '^', ')'])
  })

  test.each([
    ['1+', 'Write a number or a parenthesis after +.'],
    ['1+*2', 'Write a number or a parenthesis after + before *.'],
    ['2(3)', 'Write an operator, such as *, between 2 and (.'],
    ['1,5', 'Use . for decimals, and nothing between thousands.'],
    ['((1', 'Close the 2 open parentheses, the last opened at character 2.'],
    ['1\u0000', 'U+0000 means nothing here: an expression has numbers, names, + - * / ^ and parentheses.'],
  ])('%j: %s', (source, message) => {
    expect(syntaxErrorOf(source).message).toBe(message)
  })

  test('gets a short message, however long the text', () => {
    expect(syntaxErrorOf('1.'.repeat(2000)).message.length).toBeLessThan(150)
    expect(syntaxErrorOf('a'.repeat(4000)).message.length).toBeLessThan(150)
  })
})

describe('any text at all', () => {
  const soup = fc
    .array(
      fc.constantFrom(...'0 1 23 1.5 . , e E + - * ** / ^ ( ) × ⁄ − x [ ] 000'.split(' '), ' ', '\t', '(1', ')2'),
      {
        maxLength: 30,
      },
    )
    .map((parts) => parts.join(''))
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
    { arbitrary: soup, weight: 4 },
  )

  test('compiles or gives an error within the source, whose suggestion compiles', () => {
    fc.assert(
      fc.property(text, (source) => {
        const options = { regroup: true, durations: second, limits }
        const result = compile(source, options)
        if (result.kind === 'compiled') return
        const { position, length } = result.error
        expect(position).toBeGreaterThanOrEqual(0)
        expect(position + length).toBeLessThanOrEqual(source.length)
        expect(length === 0).toBe(position === source.length)
        if (result.kind === 'limit-exceeded' || result.error.suggestion === null) return
        expect(compile(result.error.suggestion, options).kind).toBe('compiled')
      }),
      { numRuns: 3000 },
    )
  })
})
