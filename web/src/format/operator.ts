import type { OperationKind } from '../graphql.ts'

export const operatorSign: Readonly<Record<OperationKind, string>> = {
  ADD: '+',
  SUBTRACT: '−',
  MULTIPLY: '×',
  DIVIDE: '÷',
  POWER: '^',
  FUNCTION: 'f',
}

export const operatorName: Readonly<Record<OperationKind, string>> = {
  ADD: 'Addition',
  SUBTRACT: 'Subtraction',
  MULTIPLY: 'Multiplication',
  DIVIDE: 'Division',
  POWER: 'Power',
  FUNCTION: 'Function',
}
