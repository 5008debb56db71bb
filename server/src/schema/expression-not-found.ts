import { GraphQLError } from 'graphql'

/** Of a subscription or a field that always has an expression; queries answer with null, mutations with `NotFoundError`. */
export const expressionNotFound = (): GraphQLError =>
  new GraphQLError('There is no such expression.', { extensions: { code: 'NOT_FOUND' } })
