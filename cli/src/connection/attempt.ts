import type { Answer } from './api.ts'

/** What became of one request. */
export type Attempt<Data> =
  | { readonly kind: 'answered'; readonly answer: Answer<Data> }
  /** The server says when to come back. */
  | { readonly kind: 'later'; readonly code: string; readonly message: string; readonly afterMs: number }
  /** The connection broke: the server may have done what was asked. */
  | { readonly kind: 'lost'; readonly message: string }
  /** Nothing was sent. */
  | { readonly kind: 'notReached'; readonly message: string }

interface WireError {
  readonly message?: string
  readonly extensions?: { readonly code?: string; readonly retryAfterSeconds?: number }
}

/** Of proxies whose server is away. */
const gatewayStatuses = [502, 503, 504]
const defaultWaitSeconds = 2

export function readAnswer<Data>(response: Response, text: string): Attempt<Data> {
  const body = parse(text)
  if (isObject(body) && Array.isArray(body.errors)) return readErrors(body.errors as readonly WireError[])
  if (isObject(body) && isObject(body.data)) return readData(body.data as Data)
  const { status } = response
  const afterMs = waitOf(response) * 1000
  if (gatewayStatuses.includes(status))
    return {
      kind: 'later',
      code: 'SERVICE_UNAVAILABLE',
      message: `There is no server behind the proxy (HTTP ${status}).`,
      afterMs,
    }
  if (status === 429) return { kind: 'later', code: 'RATE_LIMITED', message: 'Too many requests.', afterMs }
  return refused('NOT_A_SERVER', describeStranger(response))
}

function describeStranger({ status, headers, url }: Response): string {
  const location = headers.get('location')
  if (status >= 300 && status < 400 && location !== null)
    return `${url} sends one on to ${location}. Give that address, with RECKON_URL or --server.`
  return `What answers at ${url} (HTTP ${status}) is no Reckon server.`
}

function readErrors<Data>(errors: readonly WireError[]): Attempt<Data> {
  const [{ message = 'The server refuses this.', extensions: { code = 'UNKNOWN', retryAfterSeconds } = {} } = {}] =
    errors
  if (retryAfterSeconds !== undefined) return { kind: 'later', code, message, afterMs: retryAfterSeconds * 1000 }
  return refused(code, message)
}

/** Mutations tell as data that one came too often. */
function readData<Data>(data: Data): Attempt<Data> {
  for (const field of Object.values(data as Record<string, unknown>))
    if (isObject(field) && field['__typename'] === 'RateLimitedError')
      return {
        kind: 'later',
        code: 'RATE_LIMITED',
        message: String(field['message']),
        afterMs: Number(field['retryAfterSeconds'] ?? defaultWaitSeconds) * 1000,
      }
  return { kind: 'answered', answer: { kind: 'data', data } }
}

const refused = <Data>(code: string, message: string): Attempt<Data> => ({
  kind: 'answered',
  answer: { kind: 'refused', code, message },
})

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const waitOf = ({ headers }: Response) => Number(headers.get('retry-after')) || defaultWaitSeconds

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Before a connection stood. */
const notReachedCodes = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]

/** Reads what `fetch` throws: the reason stands in its cause, of a name with several addresses in one of several. */
export function readFailure(error: unknown): { readonly kind: 'lost' | 'notReached'; readonly message: string } {
  const cause = isObject(error) && isObject(error['cause']) ? error['cause'] : error
  const first = isObject(cause) && Array.isArray(cause['errors']) ? (cause['errors'][0] as unknown) : cause
  const code = isObject(cause) && typeof cause['code'] === 'string' ? cause['code'] : undefined
  const message = isObject(first) && typeof first['message'] === 'string' ? first['message'] : String(error)
  const isTls = /^(ERR_TLS|CERT_|DEPTH_|UNABLE_|SELF_SIGNED|ERR_SSL|EPROTO)/.test(code ?? '')
  const isLost = code !== undefined && !notReachedCodes.includes(code) && !isTls
  const isTimeout = isObject(error) && error['name'] === 'TimeoutError'
  return { kind: isLost || isTimeout ? 'lost' : 'notReached', message }
}
