import { isRegistrationOpen, type RegistrationMode } from '../../use-cases/accounts/registration.ts'
import { builder } from '../builder.ts'

const RegistrationModeType = builder.enumType('RegistrationMode', {
  values: {
    OPEN: { value: 'open', description: 'Everybody may register.' },
    FIRST: { value: 'first', description: 'The first user, who becomes the admin; then whoever has an invitation.' },
    CLOSED: { value: 'closed', description: 'Whoever has an invitation.' },
  } as const,
})

const RegistrationType = builder.objectRef<{ mode: RegistrationMode }>('Registration').implement({
  fields: (t) => ({
    mode: t.expose('mode', { type: RegistrationModeType }),
    isOpen: t.boolean({
      description: 'Whether one may register now without an invitation.',
      resolve: (_registration, _args, { services }) => isRegistrationOpen(services),
    }),
  }),
})

builder.queryField('registration', (t) =>
  t.field({
    type: RegistrationType,
    description: 'Who may register.',
    authScopes: { public: true },
    resolve: (_root, _args, { services }) => ({ mode: services.environment.REGISTRATION }),
  }),
)
