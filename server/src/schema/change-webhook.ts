import { unauthenticated } from '../domain/failure.ts'
import {
  createWebhook,
  deleteWebhook,
  mostWebhooks,
  updateWebhook,
  type CreatedWebhook,
} from '../use-cases/webhooks/webhooks.ts'
import { builder } from './builder.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  NotFoundErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'
import { localId } from './local-id.ts'
import { WebhookEndType, WebhookType } from './webhook.ts'

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  fields: (t) => ({
    name: t.string({ description: 'For people, 1 to 100 characters.' }),
    url: t.string({
      description: 'Where it is to lead: https:// and a public address, unless the operator allows others.',
    }),
    events: t.field({
      type: [WebhookEndType],
      required: false,
      description: 'Which ends it is told: all unless told.',
    }),
  }),
})

const CreateWebhookPayload = builder.objectRef<CreatedWebhook>('CreateWebhookPayload').implement({
  fields: (t) => ({
    webhook: t.field({ type: WebhookType, description: 'The webhook.', resolve: ({ webhook }) => webhook }),
    secret: t.exposeString('secret', {
      description: 'By which its receiver knows that the server has sent what comes: `whsec_…`. Shown only here.',
    }),
  }),
})

const CreateWebhookResult = builder.unionType('CreateWebhookResult', {
  description: `TOO_MANY_WEBHOOKS (an InvalidInputError) where the user has ${mostWebhooks}.`,
  types: [CreateWebhookPayload, InvalidInputErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('CreateWebhookPayload'),
})

builder.mutationField('createWebhook', (t) =>
  t.field({
    type: CreateWebhookResult,
    description: 'Has an address told how expressions of yours end.',
    args: { input: t.arg({ type: CreateWebhookInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, address, services }) =>
      actor.kind === 'user' ? createWebhook(services, input, { userId: actor.userId, address }) : unauthenticated,
  }),
)

const UpdateWebhookInput = builder.inputType('UpdateWebhookInput', {
  fields: (t) => ({
    id: t.id(),
    name: t.string({ required: false, description: 'For people; as it is unless told.' }),
    url: t.string({ required: false, description: 'Where it is to lead; as it is unless told.' }),
    events: t.field({
      type: [WebhookEndType],
      required: false,
      description: 'Which ends it is told; as it is unless told.',
    }),
    isPaused: t.boolean({
      required: false,
      description: 'True: nothing more is told. False: it goes on, also where the server had disabled it.',
    }),
  }),
})

const UpdateWebhookResult = builder.unionType('UpdateWebhookResult', {
  types: [WebhookType, InvalidInputErrorType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('Webhook'),
})

builder.mutationField('updateWebhook', (t) =>
  t.field({
    type: UpdateWebhookResult,
    description: 'Changes a webhook of yours, pauses it, or lets it go on.',
    args: { input: t.arg({ type: UpdateWebhookInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input: { id, ...input } }, { actor, address, services }) =>
      actor.kind === 'user'
        ? updateWebhook(services, localId(id, 'Webhook'), input, { userId: actor.userId, address })
        : unauthenticated,
  }),
)

const DeleteWebhookInput = builder.inputType('DeleteWebhookInput', { fields: (t) => ({ id: t.id() }) })

const DeleteWebhookResult = builder.unionType('DeleteWebhookResult', {
  types: [WebhookType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('Webhook'),
})

builder.mutationField('deleteWebhook', (t) =>
  t.field({
    type: DeleteWebhookResult,
    description: 'Nothing more is sent to it, what waits included. Answers with what it was.',
    args: { input: t.arg({ type: DeleteWebhookInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, address, services }) =>
      actor.kind === 'user'
        ? deleteWebhook(services, localId(input.id, 'Webhook'), { userId: actor.userId, address })
        : unauthenticated,
  }),
)
