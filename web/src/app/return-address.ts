const parameter = 'next'
const nowhere = 'https://page.invalid'

/** The address of the sign-in page that leads back to a page afterwards. */
export function signInAddress(page: string): string {
  return page === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ [parameter]: page }).toString()}`
}

/** Where somebody goes who is not signed in: who wanted nothing in particular first sees what this is. */
export const addressOutside = (page: string, wasSignedIn: boolean): string =>
  page === '/' && !wasSignedIn ? '/welcome' : signInAddress(page)

/** Where to go after signing in: a path of this page, never another site. */
export function pageToReturnTo(search: URLSearchParams): string {
  const page = search.get(parameter) ?? '/'
  // As a browser reads it, which drops tabs and line ends, takes \ for / and resolves dots. The base is any that is no site.
  if (!page.startsWith('/') || /\p{Cc}/u.test(page) || !URL.canParse(page, nowhere)) return '/'
  const { origin, pathname, search: query, hash } = new URL(page, nowhere)
  return origin === nowhere && !pathname.startsWith('//') ? `${pathname}${query}${hash}` : '/'
}
