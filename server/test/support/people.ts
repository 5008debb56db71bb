import { ApiClient } from './api-client.ts'
import type { WhenDone } from './cleanup.ts'
import type { TestApp } from './test-app.ts'

/** A registered user with a client of their own. */
export interface Person extends ApiClient {
  readonly userId: string
  readonly token: string
}

const password = 'correct horse battery'

/** Registers a user, through the API. The first is the admin. */
export async function register(
  app: Pick<TestApp, 'url' | 'socketUrl'>,
  email: string,
  whenDone?: WhenDone,
): Promise<Person> {
  const query = `mutation ($input: CredentialsInput!) {
    register(input: $input) { ... on Authentication { accessToken user { id } } ... on Error { message } }
  }`
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { email, password } } }),
  })
  const { data } = (await response.json()) as { data: { register: { accessToken: string; user: { id: string } } } }
  const { accessToken, user } = data.register
  return signedIn(app, accessToken, user.id, whenDone)
}

/** Signs a user in once more. Returns the access token. */
export async function login(app: Pick<TestApp, 'url'>, email: string): Promise<string> {
  const query = `mutation ($input: CredentialsInput!) {
    login(input: $input) { ... on Authentication { accessToken } ... on Error { message } }
  }`
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { email, password } } }),
  })
  const { data } = (await response.json()) as { data: { login: { accessToken?: string; message?: string } } }
  if (data.login.accessToken === undefined) throw new Error(data.login.message)
  return data.login.accessToken
}

/** A client of somebody who has a token already. */
export function signedIn(
  { socketUrl }: Pick<TestApp, 'socketUrl'>,
  token: string,
  userId: string,
  whenDone?: WhenDone,
): Person {
  return Object.assign(new ApiClient(socketUrl, token, whenDone), { token, userId })
}

/** Makes a token for agents, as an admin does. */
export async function createAgentToken(admin: ApiClient, name = 'test'): Promise<{ id: string; token: string }> {
  const { createAgentToken: created } = await admin.get<{
    createAgentToken: { token: string; agentToken: { id: string } }
  }>(
    `mutation ($name: String!) {
      createAgentToken(input: { name: $name }) { ... on CreateAgentTokenPayload { token agentToken { id } } }
    }`,
    { name },
  )
  return { id: created.agentToken.id, token: created.token }
}

/** Makes a link by which anybody watches an expression. */
export async function createShareLink(
  owner: ApiClient,
  input: { readonly expressionId: string; readonly lifetimeHours?: number },
): Promise<{ id: string; token: string }> {
  const { createShareLink: created } = await owner.get<{
    createShareLink: { token: string; shareLink: { id: string }; message?: string }
  }>(
    `mutation ($input: CreateShareLinkInput!) {
      createShareLink(input: $input) {
        ... on CreateShareLinkPayload { token shareLink { id } }
        ... on Error { message }
      }
    }`,
    { input },
  )
  if (created.message !== undefined) throw new Error(created.message)
  return { id: created.shareLink.id, token: created.token }
}

/** Makes a token for programs of a user. */
export async function createPersonalToken(
  owner: ApiClient,
  input: { readonly name?: string; readonly scopes: readonly string[]; readonly lifetimeDays?: number },
): Promise<{ id: string; token: string }> {
  const { createPersonalToken: created } = await owner.get<{
    createPersonalToken: { token: string; personalToken: { id: string } }
  }>(
    `mutation ($input: CreatePersonalTokenInput!) {
      createPersonalToken(input: $input) {
        ... on CreatePersonalTokenPayload { token personalToken { id } }
      }
    }`,
    { input: { name: 'script', ...input } },
  )
  return { id: created.personalToken.id, token: created.token }
}
