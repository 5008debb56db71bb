const parameter = 'next'

/** The address of the sign-in page that leads back to a page afterwards. */
export function signInAddress(page: string): string {
  return page === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ [parameter]: page }).toString()}`
}

/** Where to go after signing in: a path of this page, never another site. */
export function pageToReturnTo(search: URLSearchParams): string {
  const page = search.get(parameter) ?? '/'
  return /^\/(?![/\\])/.test(page) ? page : '/'
}
