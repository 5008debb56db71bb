import { Agent, request, type IncomingHttpHeaders } from 'node:http'

export interface Reply {
  /** 0 where the connection broke without an answer. */
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface Call {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Buffer
  /** By default as long as the harness lets a probe run. */
  readonly signal?: AbortSignal
}

/** Connections are kept, as browsers keep them. */
const agent = new Agent({ keepAlive: true, maxSockets: 200 })

/** Sends a request as it is told, also one that no decent client would send. */
export async function call(port: number, options: Call): Promise<Reply> {
  // A connection that was kept may have been closed from the other side just now, and tells only whoever uses it.
  return (await callOnce(port, options)) ?? (await callOnce(port, options)) ?? noReply
}

const noReply: Reply = { status: 0, headers: {}, text: '' }

/** Null where the connection was an old one, and broke. */
function callOnce(
  port: number,
  { method = 'POST', path = '/graphql', headers, body, signal }: Call,
): Promise<Reply | null> {
  return new Promise((resolve) => {
    const sent = request({ agent, host: '127.0.0.1', port, method, path, headers, ...(signal && { signal }) })
    const broken = () => resolve(noReply)
    sent.on('error', () => resolve(sent.reusedSocket && signal?.aborted !== true ? null : noReply))
    sent.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', broken)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() }),
      )
    })
    sent.end(body)
  })
}

interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

/** What an answer comes to, in a word for each of its parts: `OK`, the code of a failure, the status where there is nothing else. */
export function codesOf({ status, text }: Pick<Reply, 'status' | 'text'>): string[] {
  const answer = parse(text)
  if (answer === null) return [status === 0 ? 'NO ANSWER' : `HTTP ${status}`]
  const errors = (answer.errors ?? []).map(({ extensions }) => extensions?.code ?? 'GRAPHQL_ERROR')
  const parts = Object.values(answer.data ?? {}).map(codeOfPart)
  return [...new Set([...errors, ...parts, ...(status >= 500 ? [`HTTP ${status}`] : [])])]
}

function codeOfPart(part: unknown): string {
  if (typeof part !== 'object' || part === null) return part === null ? 'NULL' : 'OK'
  const { __typename: type, code } = part as { __typename?: string; code?: string }
  return type?.endsWith('Error') === true ? (code ?? type) : 'OK'
}

function parse(text: string): GraphqlAnswer | null {
  try {
    const answer = JSON.parse(text) as unknown
    return typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer)
      ? (answer as GraphqlAnswer)
      : null
  } catch {
    return null
  }
}
