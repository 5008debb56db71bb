import type { Route } from './route.ts'

export type Match =
  | { readonly kind: 'found'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'otherMethod'; readonly allowed: readonly string[] }
  | { readonly kind: 'notFound' }

/** Longer than any path that there is. */
const maxLength = 1_000

/** Finds routes by method and path. There are a dozen: no library is needed to look through them. */
export function createRouter(routes: readonly Route[]) {
  const table = routes.map((route) => ({ route, pattern: patternOf(route.path) }))

  /** @param path below the address of the API; HEAD is asked as GET */
  return (method: string, path: string): Match => {
    if (path.length > maxLength) return { kind: 'notFound' }
    const allowed: string[] = []
    for (const { route, pattern } of table) {
      const found = pattern.exec(path)
      if (found === null) continue
      const params = paramsOf(found.groups)
      if (params === null) continue
      if (route.method === method) return { kind: 'found', route, params }
      allowed.push(route.method)
    }
    return allowed.length === 0 ? { kind: 'notFound' } : { kind: 'otherMethod', allowed: withHead(allowed) }
  }
}

export type Router = ReturnType<typeof createRouter>

/** `{name}` stands for one part of a path. */
const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`)}/?$`)

/** Null where a part is not well-formed. */
function paramsOf(groups: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> | null {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]))
  } catch {
    return null
  }
}

const withHead = (methods: readonly string[]) => [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
