import { GraphQLError } from 'graphql'
import { codedError } from './coded-error.ts'

/** Of a subscription or a field that always has an expression; queries answer with null, mutations with `NotFoundError`. */
export const expressionNotFound = (): GraphQLError => codedError('NOT_FOUND', 'There is no such expression.')
