import type { Services } from './services.ts'

/** The same services, whose log names a request in what comes of it. Made of parts as they are asked for: most requests log nothing. */
export function servicesOfRequest(services: Services, requestId: string): Services {
  let logger: Services['logger'] | undefined
  let accounts: Services['accounts'] | undefined
  return {
    ...services,
    get logger() {
      return (logger ??= services.logger.child({ requestId }))
    },
    get accounts() {
      return (accounts ??= { ...services.accounts, audit: services.accounts.audit.ofRequest(requestId) })
    },
  }
}
