import { describe, expect, it } from 'vitest'
import { operationMark, operationSign, operationTitle, writeOperation } from '../src/format/operation.ts'

const written = (name: string, ...operands: string[]) =>
  writeOperation(name, operands)
    .map((piece) => (piece.kind === 'operand' ? piece.operand : piece.text))
    .join('')

describe('writeOperation', () => {
  it.each([
    ['-', ['12', '18'], '12−18'],
    ['/', ['1', '#2'], '1÷#2'],
    ['abs', ['-3'], 'abs(-3)'],
    ['gcd', ['12', '18'], 'gcd(12, 18)'],
    ['max', ['1', '2', '3', '4', '5'], 'max(1, 2, 3, 4, 5)'],
    // Neither cut for the sake of one, nor as wide as a hundred.
    ['max', ['1', '2', '3', '4', '5', '6'], 'max(1, 2, 3, 4, … 2 more)'],
  ])('%s of %j is %s', (name, operands, text) => expect(written(name, ...operands)).toBe(text))

  it('tells an operator from its operands, so that it can look otherwise', () => {
    expect(writeOperation('*', ['2', '3']).map(({ kind }) => kind)).toEqual(['operand', 'sign', 'operand'])
  })
})

describe('an operation is called', () => {
  it.each([
    ['+', '+', 'Addition', '+'],
    ['*', '×', 'Multiplication', '×'],
    ['gcd', 'gcd', 'gcd', 'gcd'],
    ['round', 'round', 'round', 'round'],
    ['factorial', 'factorial', 'factorial', 'fact…'],
  ])('%s', (name, sign, title, mark) =>
    expect([operationSign(name), operationTitle(name), operationMark(name)]).toEqual([sign, title, mark]),
  )
})
