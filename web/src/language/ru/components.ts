/** Of `web/src/components`. */
export const components = {
  '{action} {object}': '{action}: {object}',
  '{slots, plural, one {# slot} other {# slots}}: {time}':
    '{slots, plural, one {# слот} few {# слота} many {# слотов} other {# слота}}: {time}',
  '{what, select, rest {What is left takes} other {This takes}} <strong>{time}</strong> with {slots, plural, one {# slot} other {# slots}} of its own{more, select, useless {, and more would not help} other {}}.':
    '{what, select, rest {Остаток займёт} other {Это займёт}} <strong>{time}</strong>, если отвести под это {slots, plural, one {# слот} few {# слота} many {# слотов} other {# слота}}{more, select, useless {; больше слотов не ускорят} other {}}.',
  'Copy {name}': 'Копировать: {name}',
  'Could not copy': 'Не удалось',
  'Could not reach the server.': 'Не удалось связаться с сервером.',
  'It has ended.': 'Вычисление закончилось.',
  'Load the page anew': 'Перезагрузить страницу',
  'never used': 'не использовался',
  'The server did not answer.': 'Сервер не ответил.',
  'This part of the page did not come.': 'Эта часть страницы не загрузилась.',
  'used {when}': 'использован {when}',
  'With other slots?': 'А с другим числом слотов?',
  Copied: 'Скопировано',
  Copy: 'Копировать',
  Done: 'Готово',
  Keep: 'Оставить',
  Legend: 'Обозначения',
  Slots: 'Слоты',
}
