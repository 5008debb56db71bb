import { basePath } from '../base-path.ts'

/** Where the API is: on the origin that the page came from. */
export const endpoint = `${basePath}/graphql`

/** Close codes of the API's WebSocket that mean something to the page. */
export const closeCode = {
  /** The access token is refused: refresh it once, then give up. */
  tokenRefused: 4403,
  /** The access token expired: refresh it and come back. */
  tokenExpired: 4408,
} as const

/** The code of a GraphQL error about a missing or expired access token. */
export const unauthenticatedCode = 'UNAUTHENTICATED'

/** Custom headers make a browser ask before it sends a request for another site: no cross-site request forgery. */
export const requestHeaders = { 'x-graphql-yoga-csrf': '1', 'graphql-require-preflight': '1' } as const
