import type { Catalogue } from '../language.ts'
import type { Part } from '../parts.ts'
import { app } from './app.ts'
import { components } from './components.ts'
import { expressions } from './expressions.ts'
import { format } from './format.ts'
import { list } from './list.ts'
import { server } from './server.ts'
import { shared } from './shared.ts'

/** A file for each folder that has texts, by the English that stands in the source. These come first; parts are added as they come. */
const russian: Record<string, string> = {
  ...app,
  ...components,
  ...expressions,
  ...format,
  ...list,
  ...server,
  ...shared,
}

const sources: Readonly<Record<Part, () => Promise<Catalogue>>> = {
  account: async () => (await import('./account.ts')).account,
  agents: async () => (await import('./agents.ts')).agents,
  audit: async () => (await import('./audit.ts')).audit,
  cluster: async () => (await import('./cluster.ts')).cluster,
  expression: async () => (await import('./expression.ts')).expression,
  operations: async () => (await import('./operations.ts')).operations,
  users: async () => (await import('./users.ts')).users,
}

/** All Russian texts that have come, those of these parts among them. */
export async function russianWith(parts: Iterable<Part>): Promise<Catalogue> {
  await Promise.all([...parts].map(async (part) => Object.assign(russian, await sources[part]())))
  return russian
}
