import { isOperator, operatorNames, type OperationName, type OperatorName } from './operation.ts'

/** What clients called the operators while there was nothing else to compute. */
const kindsByOperator = {
  '+': 'ADD',
  '-': 'SUBTRACT',
  '*': 'MULTIPLY',
  '/': 'DIVIDE',
  '^': 'POWER',
} as const satisfies Record<OperatorName, string>

export type OperatorKind = (typeof kindsByOperator)[OperatorName]
export type OperationKind = OperatorKind | 'FUNCTION'

const operatorsByKind = new Map<string, OperatorName>(operatorNames.map((name) => [kindsByOperator[name], name]))

export const kindOf = (name: OperationName): OperationKind => (isOperator(name) ? kindsByOperator[name] : 'FUNCTION')

/** Undefined where there is no such kind. */
export const operatorOfKind = (kind: string): OperatorName | undefined => operatorsByKind.get(kind)
