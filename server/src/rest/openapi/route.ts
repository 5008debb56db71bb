import { z } from 'zod'
import { json } from '../answer.ts'
import { route, type Route } from '../route.ts'
import { openApiOf, type OpenApi } from './document.ts'

/** Adds to a table of routes the one that tells of them all. */
export function withDocument(others: readonly Route[], base: string): readonly Route[] {
  // Made when somebody asks: most servers are never asked.
  let document: OpenApi | undefined
  const own: Route = route({
    ...{ id: 'openapi', method: 'GET', path: '/openapi.json', scope: 'public', summary: 'This document' },
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.record(z.string(), z.unknown()) } },
    handle: () => json(200, (document ??= openApiOf(routes, base))),
  })
  const routes: readonly Route[] = [...others, own]
  return routes
}
