import { describe, expect, test } from 'vitest'
import { planOf, syntaxErrorOf } from './support/compiling.ts'
import { evaluatePlan } from './support/evaluate-plan.ts'

describe('bindings', () => {
  test.each([
    ['x = 2; x', '2'],
    ['x = 2; -x^2', '-4'],
    ['x = 2^64-1; y = x*x; y + x', '340282366920938463444927863358058659840'],
    ['x=1\ny=x+1\n\nx+y', '3'],
    ['x = 1 ;\n y = 2 ; x - y', '-1'],
    ['a_1 = 3; B = a_1; B*a_1', '9'],
    // A line that begins with an operator goes on with the one before; within parentheses lines mean nothing.
    ['x = 1\n+ 2\nx*2', '6'],
    ['x = (1\n+2)\nx', '3'],
    ['e = 2; e+1e1', '12'],
    ['x = 3\n(x)', '3'],
  ])('%j is %s', (source, value) => {
    expect(evaluatePlan(planOf(source))).toBe(value)
  })

  test('are computed once, however often they are used', () => {
    const plan = planOf('x = 2^64-1; y = x*x; y + x', { regroup: false })
    expect(plan.tasks).toHaveLength(4)
    expect(plan.tasks[2]?.operands).toEqual([
      { task: 1, negated: false },
      { task: 1, negated: false },
    ])
    let doubling = 'a0 = 1+1;'
    for (let index = 1; index <= 300; index += 1) doubling += `a${index} = a${index - 1}*a${index - 1};`
    expect(planOf(`${doubling} a300`).tasks).toHaveLength(301)
  })

  test.each([
    ['x = 1', 'MISSING_EXPRESSION', 5, 0, null],
    ['x = 1;\n ', 'MISSING_EXPRESSION', 8, 0, null],
    ['x =', 'MISSING_OPERAND', 3, 0, null],
    ['1+2; 3', 'SEVERAL_EXPRESSIONS', 3, 1, null],
    ['1+2\n3+4', 'SEVERAL_EXPRESSIONS', 4, 1, null],
    ['1\n000', 'SEVERAL_EXPRESSIONS', 2, 3, null],
    ['1+2;', 'SEVERAL_EXPRESSIONS', 3, 1, '1+2'],
    ['x = 1; x = 2; x', 'REDEFINED_NAME', 7, 1, null],
    ['x = x+1; x', 'RECURSIVE_DEFINITION', 4, 1, null],
    ['y = x; x = 1; y', 'USED_BEFORE_DEFINITION', 4, 1, null],
    ['total = 2; totl+1', 'UNKNOWN_NAME', 11, 4, null],
    ['Total = 2; total+1', 'UNKNOWN_NAME', 11, 5, 'Total = 2; Total+1'],
    ['x+1', 'UNKNOWN_NAME', 0, 1, null],
    ['a = 1; b = 2; a', 'UNUSED_NAME', 7, 1, null],
    ['gcd = 2; gcd', 'RESERVED_NAME', 0, 3, null],
    ['sum = 2; sum', 'RESERVED_NAME', 0, 3, null],
    [`${'n'.repeat(41)} = 1; 2`, 'NAME_TOO_LONG', 0, 41, null],
    ['é = 1; é', 'UNKNOWN_CHARACTER', 0, 1, null],
    ['2 = 3', 'MISPLACED_EQUALS', 2, 1, null],
    ['x = 2 = 3; x', 'MISPLACED_EQUALS', 6, 1, null],
    ['x = (1; x)', 'UNCLOSED_PARENTHESIS', 6, 1, null],
    ['x = 2; x 3', 'IMPLICIT_MULTIPLICATION', 9, 1, null],
    ['x = 2; 3x', 'IMPLICIT_MULTIPLICATION', 8, 1, 'x = 2; 3*x'],
    ['x3 = 2; 2x3', 'IMPLICIT_MULTIPLICATION', 9, 2, 'x3 = 2; 2*x3'],
  ])('%j: %s at %i, length %i, suggestion %j', (source, code, position, length, suggestion) => {
    expect(syntaxErrorOf(source)).toMatchObject({ code, position, length, suggestion })
  })

  test('that are not known name those that may have been meant', () => {
    expect(syntaxErrorOf('total = 2; tolat = 3; totl+1').expected).toEqual(['total'])
    expect(syntaxErrorOf('rate = 2; xyzzy').message).toBe('Give xyzzy a value first, as in xyzzy = 2; xyzzy+1.')
  })
})

describe('calls', () => {
  test('are operations by the name of the function, which is where they stand', () => {
    expect(planOf('1+max(2, -3, 4)').tasks[0]).toEqual({
      operation: 'max',
      operands: [{ literal: '2' }, { literal: '-3' }, { literal: '4' }],
      spans: [{ position: 2, length: 3 }],
    })
    expect(evaluatePlan(planOf('max(1, mod(7, 4))^2'))).toBe('9')
    expect(evaluatePlan(planOf('-abs(-(1+2))'))).toBe('-3')
  })

  test.each([
    ['foor(2)', 'UNKNOWN_FUNCTION', 0, 4, ['floor'], null],
    ['GCD(1, 2)', 'UNKNOWN_FUNCTION', 0, 3, ['gcd'], 'gcd(1, 2)'],
    ['mod(1)', 'WRONG_OPERAND_COUNT', 0, 3, ['2 operands'], null],
    ['1+abs(1,5)', 'WRONG_OPERAND_COUNT', 2, 3, ['1 operand'], null],
    ['gcd', 'MISSING_OPERANDS', 0, 3, ['('], null],
    ['gcd()', 'MISSING_OPERAND', 4, 1, ['number', 'name', '(', '-', '+'], null],
    ['gcd(1,)', 'MISSING_OPERAND', 6, 1, ['number', 'name', '(', '-', '+'], null],
    ['gcd(1 2)', 'IMPLICIT_MULTIPLICATION', 6, 1, ['+', '-', '*', '/', '^', ',', ')'], null],
    ['gcd((1,5), 2)', 'DECIMAL_COMMA', 6, 1, ['.'], 'gcd((1.5), 2)'],
    ['gcd(1, 2', 'UNCLOSED_PARENTHESIS', 8, 0, ['+', '-', '*', '/', '^', ',', ')'], 'gcd(1, 2)'],
  ])('%j: %s at %i, length %i, expected %j, suggestion %j', (source, code, position, length, expected, suggestion) => {
    expect(syntaxErrorOf(source)).toMatchObject({ code, position, length, expected, suggestion })
  })
})
