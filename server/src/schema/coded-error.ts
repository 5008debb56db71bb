import { GraphQLError } from 'graphql'
import type { ErrorCode } from '../domain/error-codes/error-codes.ts'

/** An error that is meant for the client: nothing else of the server makes one. */
export const codedError = (code: ErrorCode, message: string, extensions: object = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...extensions } })
