/** Of `web/src/features/users`. */
export const users = {
  // Users
  '(you)': '(вы)',
  'Enable {email}': 'Включить {email}',
  'Make {email} a user': 'Сделать {email} пользователем',
  'Make {email} an admin': 'Сделать {email} администратором',
  'Make admin': 'Сделать администратором',
  'Make user': 'Сделать пользователем',
  'Reset password': 'Сбросить пароль',
  'Reset the password of {email}': 'Сбросить пароль {email}',
  'Sign them out, and let them in no more?': 'Завершить сеансы и больше не пускать?',
  'since {when}': 'с нами: {when}',
  'The users could not be loaded.': 'Не удалось загрузить пользователей.',
  'This link is shown only now. By it {email} chooses a new password, once and within a day.':
    'Ссылка показывается только сейчас. По ней {email} выберет новый пароль: один раз и в течение дня.',
  Disable: 'Отключить',
  Disabled: 'Отключён',
  Enable: 'Включить',
  Users: 'Пользователи',

  // Invitations
  'Create invitation': 'Создать приглашение',
  'created {when}@@invitation': 'создано {when}',
  'expired@@invitation': 'истекло',
  'for you to know it by': 'чтобы вы его узнали',
  'Here everybody may register, also without one.': 'Здесь можно зарегистрироваться и без приглашения.',
  'Make its link useless?': 'Отозвать ссылку?',
  'revoked@@invitation': 'отозвано',
  'The invitations could not be loaded.': 'Не удалось загрузить приглашения.',
  'the invitation of {name}': 'приглашение для {name}',
  'This link is shown only now. It lets one person register, within a week.':
    'Ссылка показывается только сейчас. По ней может зарегистрироваться один человек в течение недели.',
  'used@@invitation': 'использовано',
  'Whom to invite': 'Кого пригласить',
  Invitations: 'Приглашения',
}
