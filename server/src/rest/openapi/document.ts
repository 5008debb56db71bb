import { STATUS_CODES } from 'node:http'
import type { ZodObject, ZodType } from 'zod'
import { version } from '../../version.ts'
import { problem } from '../contract/problem.ts'
import { documentedHeaders, type DocumentedAnswer, type Route } from '../route.ts'
import { Schemas, type JsonSchema } from './json-schema.ts'

export interface OpenApi {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>>; readonly securitySchemes: object }
  readonly [more: string]: unknown
}

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly security: readonly object[]
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly required: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, ResponseObject>>
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly description?: string
  readonly required: boolean
  readonly schema: JsonSchema
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>

export interface ResponseObject {
  readonly description: string
  readonly content?: Content
  readonly headers?: object
}

/** Of `UnauthenticatedError` and the like, which any route may answer with. */
const problemsOf = ({ body, query, scope }: Route): Readonly<Record<number, string>> => ({
  ...((body !== undefined || query !== undefined) && { 400: 'BAD_REQUEST: the request is not as it should be.' }),
  ...(scope !== 'public' && {
    401: 'UNAUTHENTICATED: the token is missing, expired or revoked.',
    403: 'FORBIDDEN: the token may not do this; `missingScope` tells what a personal token lacks.',
  }),
  ...(body !== undefined && {
    413: 'REQUEST_ENTITY_TOO_LARGE.',
    415: 'UNSUPPORTED_MEDIA_TYPE.',
    422: 'INVALID_INPUT: a value is out of its range or form; `fields` tells which.',
  }),
  429: 'RATE_LIMITED: come back after `Retry-After` seconds.',
  503: 'SERVICE_UNAVAILABLE: the database does not answer; come back after `Retry-After` seconds.',
})

/** The document of a table of routes. */
export function openApiOf(routes: readonly Route[], base: string): OpenApi {
  const schemas = new Schemas()
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of routes) {
    const path = (paths[`${base}${route.path}`] ??= {})
    path[route.method.toLowerCase()] = operationOf(route, schemas)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Reckon',
      version,
      description:
        'REST, for those who have curl. It does what the GraphQL API does, by the same rules; that one can do more, and shows tasks live.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: schemas.named,
      securitySchemes: {
        token: {
          ...{ type: 'http', scheme: 'bearer' },
          description: 'An access token of signing in, or a personal token, of which each operation names the scope.',
        },
      },
    },
  }
}

function operationOf(route: Route, schemas: Schemas): Operation {
  const { id, summary, scope, body, textBody, description } = route
  const needs =
    scope === 'public' || scope === 'signIn' ? '' : `Needs the scope ${scope.toUpperCase()} of a personal token.`
  const text = [description, needs].filter((part) => part !== undefined && part !== '').join('\n\n')
  return {
    operationId: id,
    summary,
    ...(text !== '' && { description: text }),
    security: scope === 'public' ? [] : [{ token: [] }],
    parameters: [...documented(route), ...queryOf(route, schemas)],
    ...(body && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: schemas.of(body, 'input') },
          ...(textBody && { 'text/plain': { schema: { type: 'string' } } }),
        },
      },
    }),
    responses: responsesOf(route, schemas),
  }
}

const documented = ({ parameters = [] }: Route): Parameter[] =>
  parameters.map(({ name, in: place, description }) => ({
    ...{ name, in: place, description, required: place === 'path' },
    schema: { type: 'string' },
  }))

function queryOf({ query }: Route, schemas: Schemas): Parameter[] {
  if (query === undefined) return []
  return Object.entries((query as ZodObject).shape as Record<string, ZodType>).map(([name, parameter]) => {
    const { description, ...schema } = schemas.of(parameter, 'input')
    return {
      ...{ name, in: 'query', required: false, schema },
      ...(typeof description === 'string' && { description }),
    }
  })
}

function responsesOf(route: Route, schemas: Schemas): Record<string, ResponseObject> {
  const problems = Object.entries({ ...problemsOf(route) }).map(([status, text]) => {
    const own = route.problems?.[Number(status)]
    return [status, own === undefined ? text : `${own} ${text}`] as const
  })
  const others = Object.entries(route.problems ?? {}).filter(
    ([status]) => !problems.some(([known]) => known === status),
  )
  const content = { 'application/problem+json': { schema: schemas.of(problem, 'output') } }
  return {
    ...Object.fromEntries(
      Object.entries(route.answers).map(([status, answer]) => [status, responseOf(answer, schemas)]),
    ),
    ...Object.fromEntries([...problems, ...others].map(([status, description]) => [status, { description, content }])),
    default: { description: `Another problem, such as ${STATUS_CODES[500] ?? ''}.`, content },
  }
}

function responseOf({ description, schema, mediaType, isAlsoText, headers }: DocumentedAnswer, schemas: Schemas) {
  const named = (headers ?? []).map((name) => [
    name,
    { description: documentedHeaders[name], schema: { type: 'string' } },
  ])
  return {
    description,
    ...(schema && {
      content: {
        [mediaType ?? 'application/json']: { schema: schemas.of(schema, 'output') },
        ...(isAlsoText === true && { 'text/plain': { schema: { type: 'string' } } }),
      },
    }),
    ...(named.length > 0 && { headers: Object.fromEntries(named) as object }),
  }
}
