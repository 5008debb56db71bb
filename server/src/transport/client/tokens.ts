import type { IncomingHttpHeaders } from 'node:http'

/** The token of an `Authorization: Bearer` header. */
export const tokenOfHeaders = ({ authorization }: IncomingHttpHeaders) => bearer(authorization)

/** The token that came with `connection_init`: as `token`, or as a header would be written. */
export function tokenOfConnection(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (typeof params?.['token'] === 'string' && params['token'] !== '') return params['token']
  return bearer(params?.['Authorization'] ?? params?.['authorization'])
}

/** The token that GraphiQL sends with an operation: it puts what its header editor holds into the extensions. */
export function tokenOfExtensions(
  extensions: Readonly<Record<string, unknown>> | null | undefined,
): string | undefined {
  const headers = extensions?.['headers']
  return typeof headers === 'object' && headers !== null
    ? tokenOfConnection({ ...headers, token: undefined })
    : undefined
}

const bearer = (value: unknown) => (typeof value === 'string' ? /^Bearer +(\S+)$/i.exec(value)?.[1] : undefined)
