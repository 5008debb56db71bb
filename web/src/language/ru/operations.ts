/** Of `web/src/features/operations`. */
export const operations = {
  'Duration of {operation} in milliseconds': 'Длительность операции «{operation}» в миллисекундах',
  'Not saved yet': 'Ещё не сохранено',
  'Nothing was saved. Please mend what is marked.': 'Ничего не сохранено. Исправьте отмеченное.',
  'Only admins may change them.': 'Менять это могут только администраторы.',
  'Operations · Reckon': 'Операции · Reckon',
  'Save durations': 'Сохранить длительности',
  'Saved. All agents go by it from now on.': 'Сохранено. Отныне все агенты следуют этому.',
  'set {when}': 'изменено {when}',
  'The operations could not be loaded.': 'Не удалось загрузить операции.',
  'The server did not answer. Nothing may have been changed.': 'Сервер не ответил. Возможно, ничего не изменилось.',
  'What agents compute, and how long it takes. A task takes the duration that stands when it is assigned.':
    'Что вычисляют агенты и сколько это длится. Для задачи действует длительность, заданная в момент её назначения.',
  Discard: 'Сбросить',
  Functions: 'Функции',
  ms: 'мс',
  Operators: 'Операторы',
}
