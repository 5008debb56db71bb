import { beforeAll, describe, expect, test } from 'vitest'
import { schema } from '../../src/schema/index.ts'
import { ApiClient, type Answer } from '../support/api-client.ts'
import { whenFileIsDone } from '../support/cleanup.ts'
import { submit } from '../support/expressions.ts'
import { createAgentToken, createPersonalToken, createShareLink, register } from '../support/people.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'
import { documentFor, rootFieldsOf, type RootField } from './root-fields.ts'

const whenDone = whenFileIsDone()
let app: TestApp
let clients: Record<'anonymous' | 'user' | 'agent' | 'reader' | 'submitter' | 'adminToken' | 'guest', ApiClient>
beforeAll(async () => {
  app = await startTestApp({ whenDone })
  const admin = await register(app, 'admin@example.com', whenDone)
  const user = await register(app, 'user@example.com', whenDone)
  const { token } = await createAgentToken(admin)
  const link = await createShareLink(user, { expressionId: (await submit(user, '1')).id })
  clients = {
    anonymous: new ApiClient(app.socketUrl, undefined, whenDone),
    agent: new ApiClient(app.socketUrl, token, whenDone),
    user,
    reader: await withToken(user, []),
    submitter: await withToken(user, ['SUBMIT']),
    adminToken: await withToken(admin, ['ADMIN']),
    guest: new ApiClient(app.socketUrl, link.token, whenDone),
  }
})

async function withToken(owner: ApiClient, scopes: readonly string[]): Promise<ApiClient> {
  const { token } = await createPersonalToken(owner, { scopes })
  return new ApiClient(app.socketUrl, token, whenDone)
}

/** For all; what they show depends on who asks. */
const open = [
  ...['viewer', 'register', 'login', 'logout', 'refreshSession', 'resetPassword', 'registration', 'serverInfo'],
]
const ofAgents = ['agentSession', 'submitTaskResults', 'prepareLeaving']
/** What a link opens: of its own expression. */
const watching = ['node', 'nodes', 'expression', 'expressionChanged', 'tasksChanged']
const ofGuests = ['sharedExpression']
const ofAdmins = [
  ...[
    'agentTokens',
    'agentTokensConnection',
    'forgetAgent',
    'users',
    'createAgentToken',
    'revokeAgentToken',
    'drainAgent',
    'setUserRole',
  ],
  ...['undrainAgent', 'disableUser', 'enableUser', 'ownAgents', 'killOwnAgent', 'startOwnAgent'],
  ...['setOperationDurations', 'reinstateAgent', 'auditEvents', 'invitations', 'createInvitation', 'revokeInvitation'],
]
/** Of an admin who has signed in. */
const ofAdminSignIns = ['createResetLink']
/** What changes nothing but the caller's own expressions. */
const submitting = [
  ...['submitExpression', 'submitExpressions', 'cancelExpression', 'retryExpression', 'deleteExpression'],
  ...['createShareLink', 'revokeShareLink'],
  ...['createWebhook', 'updateWebhook', 'deleteWebhook', 'testWebhook', 'redeliver'],
  ...['cancelExpressions', 'retryExpressions', 'deleteExpressions', 'undeleteExpressions'],
]
/** What no personal token opens. */
const ofSignIns = [
  'createPersonalToken',
  'revokePersonalToken',
  'changePassword',
  'logoutEverywhere',
  'endSession',
  'deleteAccount',
]
const idTypes: Readonly<Record<string, string>> = {
  drainAgent: 'Agent',
  forgetAgent: 'Agent',
  updateWebhook: 'Webhook',
  deleteWebhook: 'Webhook',
  testWebhook: 'Webhook',
  redeliver: 'WebhookDelivery',
  undrainAgent: 'Agent',
  submitTaskResults: 'Agent',
  prepareLeaving: 'Agent',
  revokeAgentToken: 'AgentToken',
  setUserRole: 'User',
  reinstateAgent: 'Agent',
  revokeInvitation: 'Invitation',
  revokePersonalToken: 'PersonalToken',
  revokeShareLink: 'ShareLink',
  endSession: 'Session',
  disableUser: 'User',
  enableUser: 'User',
  createResetLink: 'User',
}

const fields = rootFieldsOf(schema)
const names = (fields: readonly RootField[]) => fields.map(({ field }) => field.name).sort()
const except = (...names: readonly string[]) => fields.filter(({ field }) => !names.includes(field.name))

/** The code with which a field refuses, as an error or as data; null where it does not. */
async function refusalOf(client: ApiClient, rootField: RootField): Promise<string | null> {
  const { name } = rootField.field
  const document = documentFor(rootField, idTypes[name] ?? 'Expression')
  const { data, errors }: Answer<Record<string, { __typename?: string } | null>> = await client.run(document)
  const code = errors?.[0]?.extensions?.code
  if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return code
  const type = data?.[name]?.__typename
  if (type === 'ForbiddenError') return 'FORBIDDEN'
  return type === 'UnauthenticatedError' ? 'UNAUTHENTICATED' : null
}

async function expectRefusals(client: ApiClient, refusing: readonly RootField[], code: string): Promise<void> {
  for (const rootField of refusing) expect(await refusalOf(client, rootField), rootField.field.name).toBe(code)
}

test('the lists of this test name fields that exist', () => {
  expect(names(fields)).toEqual(
    expect.arrayContaining(
      [open, watching, ofGuests, ofAgents, ofAdmins, ofAdminSignIns, submitting, ofSignIns].flat(),
    ),
  )
})

describe('the token of an agent', () => {
  test('is refused by everything but an agent’s work', async () => {
    await expectRefusals(clients.agent, except(...open, ...ofAgents), 'FORBIDDEN')
  })

  test('shows nothing by what is open to all', async () => {
    const { viewer } = await clients.agent.get<{ viewer: unknown }>('{ viewer { id } }')
    expect(viewer).toBeNull()
  })
})

describe('a link to an expression', () => {
  test('is refused by everything but watching', async () => {
    await expectRefusals(clients.guest, except(...open, ...watching, ...ofGuests), 'FORBIDDEN')
  })

  test('is refused no watching', async () => {
    for (const name of [...watching, ...ofGuests])
      for (const rootField of fields.filter(({ field }) => field.name === name))
        expect(await refusalOf(clients.guest, rootField), name).toBeNull()
  })
})

test('without a token everything but signing in refuses', async () => {
  await expectRefusals(clients.anonymous, except(...open), 'UNAUTHENTICATED')
})

describe('a user', () => {
  test('is refused an admin’s fields and an agent’s', async () => {
    await expectRefusals(
      clients.user,
      except(...names(except(...ofAdmins, ...ofAdminSignIns, ...ofAgents, ...ofGuests))),
      'FORBIDDEN',
    )
  })

  test('is refused nothing else', async () => {
    // Which would end the sign-in of whoever asks here.
    const others = [...ofAdmins, ...ofAdminSignIns, ...ofAgents, ...ofGuests]
    for (const rootField of except(...open, ...others, 'logoutEverywhere'))
      expect(await refusalOf(clients.user, rootField), rootField.field.name).toBeNull()
  })
})

describe('a personal token', () => {
  const refused = (...names: readonly string[]) => fields.filter(({ field }) => names.includes(field.name))
  const opens = [
    ['that reads', 'reader', [...submitting, ...ofSignIns, ...ofAdmins, ...ofAdminSignIns, ...ofAgents, ...ofGuests]],
    ['that submits', 'submitter', [...ofSignIns, ...ofAdmins, ...ofAdminSignIns, ...ofAgents, ...ofGuests]],
    ['of an admin', 'adminToken', [...submitting, ...ofSignIns, ...ofAdminSignIns, ...ofAgents, ...ofGuests]],
  ] as const

  test.each(opens)('%s is refused what is beyond its scopes', async (_which, client, closed) => {
    await expectRefusals(clients[client], refused(...closed), 'FORBIDDEN')
  })

  test.each(opens)('%s is refused nothing else', async (_which, client, closed) => {
    for (const rootField of except(...open, ...closed))
      expect(await refusalOf(clients[client], rootField), rootField.field.name).toBeNull()
  })
})
