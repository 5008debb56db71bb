import type { ComponentType } from 'react'

export type Page = ComponentType

export interface Route {
  /** As `/expressions/:id`; `*` is all that no other is. */
  readonly path: string
  /** What stands round the page, and shows it by an `Outlet`. It stays as it is while one goes between pages of one frame. */
  readonly frame: ComponentType
  readonly page: Page | { readonly load: () => Promise<Page | null> }
}

export interface Match {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** The first route that a path is of. Neither case nor a slash at the end tells two apart. */
export function match(routes: readonly Route[], pathname: string): Match | null {
  for (const route of routes) {
    const found = patternOf(route.path).exec(pathname)
    if (found) return { route, params: decoded(found.groups ?? {}) }
  }
  return null
}

const patternOf = (path: string): RegExp =>
  path === '*' ? /^/ : new RegExp(`^${path.replace(/\/$/, '').replace(/:(\w+)/g, '(?<$1>[^/]+)')}/*$`, 'i')

const decoded = (groups: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decode(text)]))

/** An address that was typed may have a `%` that stands for nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
