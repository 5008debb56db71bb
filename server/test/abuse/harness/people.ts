import type { RealServer } from './server.ts'
import { call, codesOf, type Call, type Reply } from './http.ts'

export const password = 'nobody-guesses this 7 times'

/** Somebody who calls the API over HTTP, from an address of their own. */
export class Caller {
  readonly address: string
  readonly token: string | null
  protected readonly server: RealServer
  readonly #signal: AbortSignal | undefined

  constructor(server: RealServer, address: string, token: string | null = null, signal?: AbortSignal) {
    this.server = server
    this.address = address
    this.token = token
    this.#signal = signal
  }

  get headers(): Record<string, string> {
    return {
      'content-type': 'application/json',
      'x-forwarded-for': this.address,
      ...(this.token !== null && { authorization: `Bearer ${this.token}` }),
    }
  }

  send(options: Call): Promise<Reply> {
    const { headers, ...others } = options
    const signal = this.#signal
    return call(this.server.port, { ...(signal && { signal }), headers: { ...this.headers, ...headers }, ...others })
  }

  post(query: string, variables: unknown = {}): Promise<Reply> {
    return this.send({ body: JSON.stringify({ query, variables }) })
  }

  /** What came of it, in words. */
  async ask(query: string, variables: unknown = {}): Promise<string[]> {
    return codesOf(await this.post(query, variables))
  }

  /** The data of an answer that has to be one. */
  async get<Data>(query: string, variables: unknown = {}): Promise<Data> {
    const { status, text } = await this.post(query, variables)
    const { data, errors } = (status === 0 ? {} : JSON.parse(text)) as { data?: Data | null; errors?: unknown }
    if (errors !== undefined || data == null) throw new Error(`refused with ${status}: ${text.slice(0, 500)}`)
    return data
  }
}

export interface Person extends Caller {
  readonly email: string
  readonly userId: string
  readonly token: string
}

const registration = `mutation ($input: CredentialsInput!) {
  register(input: $input) { ... on Authentication { accessToken user { id } } ... on Error { code message } }
}`

interface Registered {
  readonly register: {
    readonly accessToken?: string
    readonly user?: { readonly id: string }
    readonly message?: string
  }
}

/** Makes an account. The first of a server is its admin. */
export async function register(
  server: RealServer,
  email: string,
  address: string,
  signal?: AbortSignal,
): Promise<Person> {
  const stranger = new Caller(server, address, null, signal)
  const { register: outcome } = await stranger.get<Registered>(registration, { input: { email, password } })
  const { accessToken, user } = outcome
  if (accessToken === undefined || user === undefined) throw new Error(`not registered: ${outcome.message}`)
  return Object.assign(new Caller(server, address, accessToken, signal), {
    email,
    userId: user.id,
    token: accessToken,
  })
}

/** Makes every operation take no time, so that what is measured is the server's. */
export async function withoutDurations(admin: Caller): Promise<void> {
  const kinds = ['ADD', 'SUBTRACT', 'MULTIPLY', 'DIVIDE', 'POWER']
  await admin.get(
    'mutation ($input: SetOperationDurationsInput!) { setOperationDurations(input: $input) { __typename } }',
    { input: { durations: kinds.map((kind) => ({ kind, durationMs: 0 })) } },
  )
}
