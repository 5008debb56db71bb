/** Of `web/src/features/account`. */
export const account = {
  'Account · Reckon': 'Учётная запись · Reckon',

  // Signing in and up
  'At least 8 characters, such as a few words of your own. Whoever is signed in to your account is signed out.':
    'Не меньше 8 символов, например несколько своих слов. Все, кто вошёл в вашу учётную запись, из неё выйдут.',
  'Choose a new password': 'Новый пароль',
  'Choose a new password · Reckon': 'Новый пароль · Reckon',
  'Open the whole link that an admin gave you: what stands after the # is missing.':
    'Откройте ссылку от администратора целиком: не хватает того, что стоит после #.',
  'Set password': 'Сохранить пароль',

  // Password
  'Change password': 'Сменить пароль',
  'Current password': 'Нынешний пароль',
  'New password': 'Новый пароль',
  'Your password is changed. Whoever else was signed in to your account no longer is.':
    'Пароль изменён. Все остальные, кто вошёл в вашу учётную запись, из неё вышли.',

  // Sessions
  '{browser} on {system}': '{browser}, {system}',
  '{name} (this one)': '{name} (этот)',
  '{name}, from {address}': '{name}, адрес {address}',
  'an unknown address': 'неизвестен',
  'An unknown device': 'Неизвестное устройство',
  'End all sessions?': 'Завершить все сеансы?',
  'of this account': 'эта учётная запись',
  'Sign it out?': 'Завершить этот сеанс?',
  'Sign out everywhere': 'Выйти везде',
  'Sign out on all devices, this one too. Use it when you have left a session open somewhere.':
    'Выйти на всех устройствах, и на этом тоже. Пригодится, если вы где-то забыли выйти.',
  'The server did not do it. Please try again.': 'Сервер этого не сделал. Попробуйте ещё раз.',
  'The sessions could not be loaded.': 'Не удалось загрузить сеансы.',
  Sessions: 'Сеансы',

  // Webhooks
  'Address of a new webhook': 'Адрес нового вебхука',
  'answer {status}': 'ответ {status}',
  'attempts: {count}': 'попыток: {count}',
  'By it the receiver knows that what comes is from here. Each request is signed as <code>Standard Webhooks</code> has it: <code>webhook-signature</code> is the <code>HMAC-SHA256</code> of <code>webhook-id.webhook-timestamp.body</code>.':
    'По нему получатель узнаёт, что запрос пришёл отсюда. Каждый запрос подписан по <code>Standard Webhooks</code>: <code>webhook-signature</code> — это <code>HMAC-SHA256</code> от <code>webhook-id.webhook-timestamp.body</code>.',
  'Create webhook': 'Создать вебхук',
  'Delete it, with what waits?': 'Удалить вместе с тем, что ждёт отправки?',
  'Each address is told, by a signed request, how your expressions end.':
    'Каждый адрес узнаёт из подписанного запроса, чем закончились ваши выражения.',
  'given up': 'не доставлено',
  'next {time}': 'следующая {time}',
  'No webhooks yet': 'Вебхуков пока нет',
  'Pause {name}': 'Приостановить {name}',
  'Resume {name}': 'Возобновить {name}',
  'Send again': 'Отправить ещё раз',
  'Send again: {event}': 'Отправить ещё раз: {event}',
  'Test {name}': 'Проверить {name}',
  'The webhooks could not be loaded.': 'Не удалось загрузить вебхуки.',
  'This secret is shown only now. Copy it before you close this.':
    'Секрет показывается только сейчас. Скопируйте его, прежде чем закрыть.',
  'What {name} was told': 'Что было отправлено: {name}',
  delivered: 'доставлено',
  disabled: 'отключён',
  'Pause@@webhook': 'Приостановить',
  paused: 'приостановлен',
  Resume: 'Возобновить',
  secret: 'секрет',
  Test: 'Проверить',
  'waiting@@delivery': 'ждёт отправки',
  Webhooks: 'Вебхуки',

  // Access tokens
  'Access tokens': 'Токены доступа',
  'Cut off what uses it?': 'Отключить всё, что им пользуется?',
  'does what admins do': 'управляет',
  'For 90 days': 'На 90 дней',
  'For a year': 'На год',
  'It also does what admins do': 'Ещё делает то, что могут администраторы',
  'It also submits, cancels, retries and deletes': 'Ещё отправляет, отменяет, повторяет и удаляет',
  'It reads what you see.': 'Читает то, что видите вы.',
  'Let scripts and programs work in your name, without your password. They cannot change your account.':
    'Позволяют скриптам и программам работать от вашего имени без пароля. Изменить учётную запись они не могут.',
  'Send it as the header “Authorization: Bearer …”, or as the token of a WebSocket’s connection.':
    'Передавайте его в заголовке «Authorization: Bearer …» или как токен при подключении по WebSocket.',
  'such as the script it is for': 'например, для какого он скрипта',
  'until {date}': 'до {date}',
  expired: 'истёк',
  reads: 'читает',
  submits: 'отправляет',

  // Deletion
  'Delete for good': 'Удалить навсегда',
  'Delete the account': 'Удаление учётной записи',
  'Delete the account …': 'Удалить учётную запись…',
  'Keep it': 'Оставить',
  'With all of its expressions and what was computed of them. What runs is cancelled. Nothing brings it back.':
    'Вместе со всеми выражениями и всем, что по ним вычислено. То, что вычисляется, будет отменено. Вернуть ничего нельзя.',
  'Your password, to be sure': 'Пароль для подтверждения',
}
