import { tokenScopes } from '../domain/actor.ts'
import {
  type Failure,
  type ForbiddenError,
  type InvalidInputError,
  type NotFoundError,
  type RateLimitedError,
  type UnauthenticatedError,
} from '../domain/failure.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { Refusal, refusalOf } from './refusal.ts'

const ErrorInterface = builder.interfaceRef<Failure>('Error').implement({
  description:
    'A failure that a user can cause and mend. `code` is stable, for programs; `message` tells a person what to do.',
  fields: (t) => ({ code: t.exposeString('code'), message: t.exposeString('message') }),
})

/** An object type for one kind of failure, under the kind's own name. */
export const failureRef = <F extends Failure>(kind: F['kind']) => builder.objectRef<F>(kind)

/** The options of every failure's object type: it implements `Error`. */
export const failureOptions = { interfaces: [ErrorInterface] }

export const UnauthenticatedErrorType = failureRef<UnauthenticatedError>('UnauthenticatedError').implement({
  ...failureOptions,
  description: 'Nobody is signed in, or the token has expired.',
})
/** What a personal token opens. */
export const TokenScopeType = builder.enumType('TokenScope', {
  description: 'What a personal token opens.',
  values: tokenScopes,
})

export const ForbiddenErrorType = failureRef<ForbiddenError>('ForbiddenError').implement({
  ...failureOptions,
  description: 'The signed-in user or token may not do this.',
  fields: (t) => ({
    missingScope: t.expose('missingScope', {
      type: TokenScopeType,
      nullable: true,
      description: 'What the personal token lacks; null where no other token of its user would do.',
    }),
  }),
})
export const NotFoundErrorType = failureRef<NotFoundError>('NotFoundError').implement({
  ...failureOptions,
  description: 'There is no such thing, or it is not yours.',
})

const InvalidFieldType = builder.objectRef<InvalidInputError['fields'][number]>('InvalidField').implement({
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Where in the input, such as `durations.0.durationMs`.' }),
    message: t.exposeString('message'),
  }),
})

export const InvalidInputErrorType = failureRef<InvalidInputError>('InvalidInputError').implement({
  ...failureOptions,
  description: 'An argument is out of its range or form.',
  fields: (t) => ({ fields: t.field({ type: [InvalidFieldType], resolve: ({ fields }) => [...fields] }) }),
})

export const RateLimitedErrorType = failureRef<RateLimitedError>('RateLimitedError').implement({
  ...failureOptions,
  description: 'Too many tries in a short time, or more than one user’s share of the processor time of a minute.',
  fields: (t) => ({
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', { description: 'When to come back.' }),
  }),
})

/** How a member of a result union tells its type: a failure by its kind, anything else is the success. */
export const resolveOutcome =
  (success: string) =>
  (value: object): string =>
    'kind' in value && typeof value.kind === 'string' && value.kind.endsWith('Error') ? value.kind : success

/** The `unauthorizedResolver` of mutations: being refused is an outcome like any other. */
export const refuse = (
  _parent: unknown,
  _args: unknown,
  { actor }: Context,
  _info: unknown,
  error: Error,
): UnauthenticatedError | ForbiddenError => (error instanceof Refusal ? error : refusalOf(actor)).failure
