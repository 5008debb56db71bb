/** Of `web/src/features/agents`: its charts, and the details of an agent. */
export const cluster = {
  'Slots in use over the last minute': 'Занято слотов за последнюю минуту',
  '{rate} a second': '{rate} в секунду',
  '{count} done': 'выполнено {count}',
  '{count} failed': 'с ошибкой {count}',
  '{count} lost': 'потеряно {count}',
  'version {version}': 'версия {version}',
  'on {host}': 'на {host}',
  Forget: 'Забыть',
  'Take it from the list? Should it come back, it is here again.':
    'Убрать из списка? Если агент вернётся, он снова появится здесь.',
  'The last five minutes': 'Последние пять минут',
  Lines: 'Линии',
  'All together': 'Все вместе',
  'By operation': 'По операциям',
  'Done a second': 'Выполнено в секунду',
  'Running@@tasks': 'Выполняется',
  'Ready, waiting for a slot': 'Готовы, ждут слота',
  'Wait from ready to running': 'Ожидание от готовности до запуска',
  'Nothing in these minutes': 'За эти минуты ничего',
  '{mean} on average, {most} at most': 'в среднем {mean}, максимум {most}',
  '{now} now, {mean} on average, {most} at most': 'сейчас {now}, в среднем {mean}, максимум {most}',
}
