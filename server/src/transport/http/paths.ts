import type { IncomingMessage } from 'node:http'

export const graphqlPath = '/graphql'
/** Tells a page why its socket is refused, which browsers keep from it. */
export const socketCheckPath = '/graphql/socket'
/** The page that tells of REST. */
export const restPagePath = '/api'
export const healthPath = '/health'
export const readyPath = '/ready'
export const metricsPath = '/metrics'
export const scalePath = '/scale'

/** The path as the client wrote it, without its query. */
export const pathOf = ({ url = '/' }: IncomingMessage) => url.split('?', 1)[0] ?? '/'

/** Whether this is a page that a person opens, rather than a request of a program. */
export const wantsHtml = ({ method, headers }: IncomingMessage) =>
  isRead(method) && headers.accept?.includes('text/html') === true

export const isRead = (method: string | undefined) => method === 'GET' || method === 'HEAD'
