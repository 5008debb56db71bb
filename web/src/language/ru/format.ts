/** Of `web/src/format`. */
export const format = {
  '{whole} ms': '{whole} мс',
  '{seconds} s': '{seconds} с',
  '{minutes} min': '{minutes} мин',
  '{minutes} min {seconds} s': '{minutes} мин {seconds} с',
  '{hours} h': '{hours} ч',
  '{hours} h {minutes} min': '{hours} ч {minutes} мин',
  'just now': 'только что',
  '{seconds} s ago': '{seconds} с назад',
  '{minutes} min ago': '{minutes} мин назад',
  '{hours} h ago': '{hours} ч назад',

  Addition: 'Сложение',
  Division: 'Деление',
  Multiplication: 'Умножение',
  Power: 'Возведение в степень',
  Subtraction: 'Вычитание',
  ', … {count} more)': ', … ещё {count})',

  'Cancelled@@expression': 'Отменено',
  'Failed@@expression': 'Ошибка',
  'Queued@@expression': 'В очереди',
  'Succeeded@@expression': 'Вычислено',
  Running: 'Вычисляется',

  'Cancelled@@operation': 'Отменена',
  'Failed@@operation': 'Ошибка',
  'Succeeded@@operation': 'Вычислена',
  Assigned: 'Назначена',
  Ready: 'Готова',
  Saving: 'Сохраняется',
  Waiting: 'Ждёт',

  'Set aside': 'Отстранён',
  Draining: 'Завершает',
  Online: 'На связи',
}
