import { RequestTrace } from '../tracing/request-trace.ts'
import type { Services } from './services.ts'

/** The same services, whose log names a request in what comes of it. Made of parts as they are asked for: most requests log nothing. */
export function servicesOfRequest(services: Services, requestId: string, traceparent?: unknown): Services {
  let logger: Services['logger'] | undefined
  let accounts: Services['accounts'] | undefined
  return {
    ...servicesOfTrace(services, traceparent),
    get logger() {
      return (logger ??= services.logger.child({ requestId }))
    },
    get accounts() {
      return (accounts ??= { ...services.accounts, audit: services.accounts.audit.ofRequest(requestId) })
    },
  }
}

/** The same services, in whose traces what is submitted continues that of the client; the very same where no traces are told. */
export const servicesOfTrace = (services: Services, traceparent: unknown): Services =>
  services.tracer === undefined ? services : { ...services, trace: new RequestTrace(services.tracer, traceparent) }
