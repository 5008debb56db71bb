import { z } from 'zod'
import { json } from '../answer.ts'
import { route, type Route } from '../route.ts'
import { openApiOf, type OpenApi } from './document.ts'

/** Adds to a table of routes the one that tells of them all. */
export function withDocument(others: readonly Route[]): readonly Route[] {
  // Made when somebody asks, by the address of the API: most servers are never asked.
  const documents = new Map<string, OpenApi>()
  const own: Route = route({
    ...{ id: 'openapi', method: 'GET', path: '/openapi.json', scope: 'public', summary: 'This document' },
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.record(z.string(), z.unknown()) } },
    handle({ base }) {
      const document = documents.get(base) ?? openApiOf(routes, base)
      documents.set(base, document)
      return json(200, document)
    },
  })
  const routes: readonly Route[] = [...others, own]
  return routes
}
