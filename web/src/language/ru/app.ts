/** Of `web/src/app`, and of the connection in `web/src/transport`. */
export const app = {
  'Account of {email}': 'Учётная запись {email}',
  Admin: 'Администратор',
  Agents: 'Агенты',
  Audit: 'Журнал',
  'Commands and shortcuts': 'Команды и сочетания клавиш',
  'Every operation is slow and expensive. Watch each one happen.':
    'Каждая операция медленна и дорога. Смотрите, как выполняется каждая.',
  Expressions: 'Выражения',
  Main: 'Разделы',
  Operations: 'Операции',
  'Password and sessions': 'Пароль и сеансы',
  'Sign out': 'Выйти',
  'Skip to content': 'К содержанию',
  User: 'Пользователь',

  // The connection
  Connecting: 'Подключение',
  'Connection:': 'Соединение:',
  Live: 'На связи',
  Offline: 'Нет связи',
  Reconnecting: 'Переподключение',
  Retry: 'Повторить',
  'The server answers, but no WebSocket to it opens. A proxy in between may not pass WebSockets on, or no more of them.':
    'Сервер отвечает, но WebSocket не открывается. Возможно, прокси на пути к нему не пропускает WebSocket или больше не принимает новых.',
  'The server refuses the page’s socket: {reason}': 'Сервер отклоняет соединение страницы: {reason}',
  '<words>retry in </words>{time}': '<words>повтор через </words>{time}',

  // Instead of a page
  'An unknown error.': 'Неизвестная ошибка.',
  'Failed · Reckon': 'Сбой · Reckon',
  'Its code did not come.': 'Её код не загрузился.',
  'Load it again': 'Загрузить снова',
  'Not found · Reckon': 'Не найдено · Reckon',
  'Not loaded · Reckon': 'Не загружено · Reckon',
  'Offline · Reckon': 'Нет связи · Reckon',
  'The address may be mistyped. <link>Go to your expressions</link>':
    'Возможно, в адресе опечатка. <link>К вашим выражениям</link>',
  'The server does not answer': 'Сервер не отвечает',
  'The server does not answer. The page comes by itself when it does.':
    'Сервер не отвечает. Страница откроется сама, как только он ответит.',
  'There is no such page': 'Такой страницы нет',
  'This page has failed': 'На странице произошёл сбой',
  'This page has not loaded': 'Страница не загрузилась',
  'Try again': 'Повторить',
  'Try now': 'Повторить сейчас',
  'Trying again every few seconds. What was submitted goes on being computed.':
    'Пробуем снова каждые несколько секунд. Всё отправленное продолжает вычисляться.',
  'Your expressions are safe: they are computed on the server.':
    'С вашими выражениями всё в порядке: они вычисляются на сервере.',

  // For those who are not signed in
  Account: 'Учётная запись',
  'By three agents, of which one was killed on the way. This is a recording, played in your browser: point at anything, or go to any moment of it.':
    'Тремя агентами, один из которых по пути был убит. Это запись, она проигрывается в вашем браузере: наведите указатель на что угодно или перейдите к любому моменту.',
  'Create an account': 'Регистрация',
  'Evaluate it': 'Вычислить',
  'Every operation is slow and expensive. Reckon has many machines compute an expression, shows each operation as it happens, and loses nothing when a machine is lost.':
    'Каждая операция медленна и дорога. Reckon вычисляет выражение на многих машинах, показывает каждую операцию по ходу дела и ничего не теряет, когда теряется машина.',
  'Here one registers with an invitation. Open its link, or <link>sign in</link>.':
    'Регистрация здесь по приглашению. Откройте ссылку из него или <link>войдите</link>.',
  'Now one of yours': 'Теперь ваше выражение',
  'Shared with you, to watch': 'Вам открыли просмотр',
  'Sign in': 'Войти',
  'Then choose an email and a password, and it runs. Nothing is sent to the address.':
    'Затем укажите адрес почты и пароль — и оно начнёт вычисляться. Писем на этот адрес не будет.',
  'This one was really computed': 'Это выражение вычислено по-настоящему',
  'Watch a calculation happen': 'Смотрите, как идёт вычисление',
  'Your own': 'Ваше выражение',

  // Commands
  Close: 'Закрыть',
  Commands: 'Команды',
  'Find a command or an expression': 'Найти команду или выражение',
  'Go to agents': 'Перейти к агентам',
  'Go to expressions': 'Перейти к выражениям',
  'Go to operations': 'Перейти к операциям',
  'Go to your account': 'Перейти к учётной записи',
  'Go to the audit log': 'К журналу событий',
  'Nothing has these letters in this order.': 'Нигде нет этих букв в этом порядке.',
  'Search your expressions': 'Искать среди своих выражений',
  'Shortcuts without Ctrl': 'Сочетания без Ctrl',
  Shortcuts: 'Сочетания клавиш',
  'Show all shortcuts': 'Показать все сочетания клавиш',
  'Begin an expression where nothing has the focus': 'Начать выражение, когда фокус нигде не стоит',
  'Show expressions that failed': 'Показать выражения с ошибкой',
  'Show expressions that run or wait': 'Показать незавершённые выражения',
  'Show the page in the other language (по-русски)': 'Показать страницу на другом языке (in English)',
  'What was found': 'Что нашлось',
  'Write a new expression': 'Написать новое выражение',
}
