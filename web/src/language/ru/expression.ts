/** Of `web/src/features/expression`. */
export const expression = {
  // The page
  '{completed} of {total, plural, one {# operation} other {# operations}}':
    '{completed} из {total, plural, one {# операции} few {# операций} many {# операций} other {# операции}}',
  '← Expressions': '← Выражения',
  'Delete it? For an hour it can be brought back.': 'Удалить? В течение часа его можно вернуть.',
  'Expression · Reckon': 'Выражение · Reckon',
  'It may have been deleted, or be another user’s, or the address may be mistyped.':
    'Возможно, оно удалено, принадлежит другому пользователю или в адресе опечатка.',
  'Its result and all that was computed of it are gone.': 'Его результата и всего вычисленного по нему больше нет.',
  'running for {time}': 'вычисляется {time}',
  'submitted {when}': 'отправлено {when}',
  'There is no such expression': 'Такого выражения нет',
  'This expression could not be loaded': 'Не удалось загрузить это выражение',
  'This expression was deleted': 'Это выражение удалено',
  'took {time}': 'вычислено за {time}',
  'What was computed stays, the rest is tried again': 'Вычисленное остаётся, остальное пробуется снова',
  Cancel: 'Отменить',
  expression: 'выражение',

  // Its result and its plan
  '1,000 digits': '1000 цифр',
  'At best': 'В лучшем случае',
  'Copy 1,000 digits': 'Копировать 1000 цифр',
  'Copy decimal': 'Копировать десятичную запись',
  'Copy exact decimal': 'Копировать точную десятичную запись',
  'Copy fraction': 'Копировать дробь',
  'Copy repeating': 'Копировать периодическую дробь',
  'Copy rounded': 'Копировать округлённое',
  'Copy whole number': 'Копировать целое число',
  'Exact decimal': 'Точная десятичная',
  'On one slot': 'На одном слоте',
  'One operation after the other, by the durations of today': 'По одной операции, при нынешних длительностях',
  'Operations on the longest chain': 'Операций в самой длинной цепочке',
  'Regrouped source': 'Перегруппированная запись',
  'Regrouped to finish sooner, with the same result:': 'Перегруппировано, чтобы закончить раньше; результат тот же:',
  'Show 1,000 digits': 'Показать 1000 цифр',
  'Whole number': 'Целое число',
  'With unlimited agents, by the durations of today': 'При неограниченном числе агентов и нынешних длительностях',
  Decimal: 'Десятичная',
  Depth: 'Глубина',
  Fraction: 'Дробь',
  Plan: 'План',
  Repeating: 'Периодическая',
  Rounded: 'Округлённо',

  // Its source
  'Follow what runs': 'Следить за вычислением',
  'Not computed yet': 'Ещё не вычислено',
  'Show the source with': 'Показывать',
  'Values in place': 'Со значениями',
  Source: 'Запись',

  // When it ends, and what it waits for
  '{assigned, plural, =1 {Its last operation is} one {Its last # operation is} other {Its last # operations are}} being computed.':
    '{assigned, plural, =1 {Вычисляется последняя операция} one {Вычисляется последняя # операция} few {Вычисляются последние # операции} many {Вычисляются последние # операций} other {Вычисляются последние # операции}}.',
  '{count, plural, one {# operation is} other {# operations are}} being computed. {reason}':
    '{count, plural, one {Вычисляется # операция} few {Вычисляются # операции} many {Вычисляется # операций} other {Вычисляется # операции}}. {reason}',
  '{others, plural, one {# operation of others gets} other {# operations of others get}} a slot before its next.':
    'До следующей операции слот {others, plural, one {получит # операция} few {получат # операции} many {получат # операций} other {получат # операции}} других пользователей.',
  '{others, plural, one {# operation of others} other {# operations of others}} and {own} of yours get a slot before its next.':
    'До следующей операции слоты получат {others, plural, one {# операция} few {# операции} many {# операций} other {# операции}} других пользователей и ещё {own} ваших.',
  '{own, plural, one {# operation of your other expressions gets} other {# operations of your other expressions get}} a slot before its next.':
    'До следующей операции слот {own, plural, one {получит # операция} few {получат # операции} many {получат # операций} other {получат # операции}} других ваших выражений.',
  '{ready, plural, one {# more is ready and waits} other {# more are ready and wait}} for one of {slots, plural, one {# slot} other {# slots}}.':
    '{ready, plural, one {Ещё # готова и ждёт} few {Ещё # готовы и ждут} many {Ещё # готовы и ждут} other {Ещё # готовы и ждут}} {slots, plural, =1 {единственного слота} one {одного из # слота} few {одного из # слотов} many {одного из # слотов} other {одного из # слота}}.',
  '{waiting, plural, one {# more waits} other {# more wait}} for results.':
    '{waiting, plural, one {Ещё # ждёт} few {Ещё # ждут} many {Ещё # ждут} other {Ещё # ждут}} результатов.',
  'About {time} left': 'Осталось около {time}',
  'All is computed; the last results are on their way to the disk.':
    'Всё вычислено; последние результаты записываются на диск.',
  'An agent could not compute an operation; it is tried again in {time}.':
    'Агент не смог вычислить операцию; новая попытка через {time}.',
  'at {time}': 'в {time}',
  'Done any moment': 'Вот-вот закончится',
  'It waits for a slot: {slots, plural, =1 {the only one is taken} one {# is taken} other {all # are taken}}.':
    'Ждёт слота: {slots, plural, =1 {единственный занят} one {занят # слот} few {заняты все #} many {заняты все #} other {заняты все #}}.',
  'An operation was lost with its agents: before its last attempt it waits for an agent that computes nothing else.':
    'Операция терялась вместе со своими агентами: перед последней попыткой она ждёт агента, который больше ничего не вычисляет.',
  'It waits for an agent: none is connected. Agents tells how to start one.':
    'Ждёт агента: ни один не подключён. Как запустить агента, сказано в разделе «Агенты».',
  'The server was started anew, and waits for its agents to come back with what they have.':
    'Сервер перезапущен и ждёт, пока агенты вернутся с тем, что у них есть.',

  // Operations
  'A lone number has none. Those of an older expression are purged after a while; its result stays.':
    'У одного числа их нет. Операции старых выражений со временем стираются, а результат остаётся.',
  'Active@@operations': 'Активные',
  'All@@operations': 'Все',
  'Every operation': 'Все операции',
  'Finished@@operations': 'Завершённые',
  'No operations to show': 'Операций нет',
  'None right now': 'Сейчас таких нет',
  'Operation {number}': 'Операция {number}',
  'Operations by status': 'Операции по состояниям',
  'Table of operations': 'Таблица операций',
  '#': '№',
  Agent: 'Агент',
  Attempt: 'Попытка',
  Operation: 'Операция',
  Started: 'Начало',
  Took: 'Заняла',

  // One of them
  '{copy} of this operation': '{copy} этой операции',
  '{count, plural, one {# failed} other {# failed}}':
    '{count, plural, one {# неудачная} few {# неудачные} many {# неудачных} other {# неудачной}}',
  '{count, plural, one {# time} other {# times}} in the source, computed once':
    '{count, plural, one {# раз} few {# раза} many {# раз} other {# раза}} в записи, вычисляется однажды',
  '{count} more': 'ещё {count}',
  '{operation} {number}: {task}, {state}': '{operation}, № {number}: {task}, {state}',
  'Its last attempt failed: it is tried again after a pause, when a slot is free.':
    'Последняя попытка не удалась: новая будет после паузы, когда освободится слот.',
  'Its operands are known: it waits for a free slot.': 'Операнды известны: ждёт свободного слота.',
  'It was lost at its agent: it waits for a free slot, and before the last attempt for an agent that computes nothing else.':
    'Потеряна у агента: ждёт свободного слота, а перед последней попыткой — агента, который ничего больше не вычисляет.',
  'Lies at {agent} ahead of its slots, and begins when one is free.':
    'Уже у агента {agent}: начнётся, когда у него освободится слот.',
  'Lies at its agent ahead of its slots, and begins when one is free.':
    'Уже у агента: начнётся, когда у него освободится слот.',
  'Running for': 'Вычисляется',
  'Selected operation': 'Выбранная операция',
  'Waits for {operations}.': 'Ждёт: {operations}.',
  'Waits for its operands.': 'Ждёт своих операндов.',
  Stands: 'Встречается',
  Value: 'Значение',
  Where: 'Где',

  // Attempts
  '{time} after {duration}': '{time}, спустя {duration}',
  'agent lost': 'агент потерян',
  'Attempt {number}: {outcome}': 'Попытка {number}: {outcome}',
  'error of the agent': 'ошибка агента',
  'Failed attempts': 'Неудачные попытки',
  'result refused': 'результат отклонён',
  overdue: 'просрочена',

  // The graph
  'Arrow up goes to what uses an operation, arrow down to what it works on, left and right along the level. Enter folds what lies below. Plus, minus and 0 zoom. End follows what runs.':
    'Стрелка вверх ведёт к тому, что использует операцию, вниз — к её операндам, влево и вправо — по уровню. Enter сворачивает то, что ниже. Плюс, минус и 0 меняют масштаб. End следит за вычислением.',
  'Critical path': 'Критический путь',
  'Fold away what lies below the selected operation (Enter, or a double click)':
    'Свернуть то, что ниже выбранной операции (Enter или двойной щелчок)',
  'Keeps what runs in sight, and what ran where a run is replayed (End)':
    'Держит в поле зрения то, что вычисляется, а при проигрывании — то, что вычислялось (End)',
  'Graph of {count, plural, one {# operation} other {# operations}}':
    'Граф из {count, plural, one {# операции} few {# операций} many {# операций} other {# операции}}',
  'Show all (0)': 'Показать всё (0)',
  'The chain that decides when all is done': 'Цепочка, от которой зависит, когда всё закончится',
  'Zoom in': 'Увеличить',
  'Zoom in (+), or Ctrl and the wheel': 'Увеличить (+) или Ctrl и колесо',
  'Zoom out': 'Уменьшить',
  'Zoom out (−)': 'Уменьшить (−)',
  Fit: 'Целиком',
  Fold: 'Свернуть',
  Graph: 'Граф',
  Unfold: 'Развернуть',

  // Time and replay
  '#{number} {operation} at {agent}, slot {slot}': '№ {number} {operation}: {agent}, слот {slot}',
  '{elapsed} <rest>of {total}</rest>': '{elapsed} <rest>из {total}</rest>',
  'after {time}': 'через {time}',
  'an agent that is gone': 'агент, которого уже нет',
  'attempt without a result': 'попытка без результата',
  'Back to now': 'К настоящему',
  'began after {time}': 'начало через {time}',
  'critical path': 'критический путь',
  'ended without a result after {time}': 'без результата через {time}',
  'failed after {time}': 'ошибка через {time}',
  'had waited {time} for a slot': 'до этого {time} в ожидании слота',
  'has been running': 'ещё вычисляется',
  'on the critical path': 'на критическом пути',
  'Point at a bar, or walk with the arrow keys.': 'Наведите указатель на полосу или ходите по ним стрелками.',
  'Show less time': 'Показать меньше времени',
  'Show more time': 'Показать больше времени',
  'Show the end': 'К концу',
  'the end': 'конец',
  'Timeline: a lane for each slot. Arrow keys go from bar to bar, plus and minus zoom, 0 shows all.':
    'Шкала времени: дорожка на каждый слот. Стрелки ведут от полосы к полосе, плюс и минус меняют масштаб, 0 показывает всё.',
  'took {time}@@operation': 'заняла {time}',
  'View of the timeline': 'Вид шкалы времени',
  'waiting for a slot': 'ждёт слота',
  computed: 'вычислена',
  Moment: 'Момент',
  now: 'сейчас',
  Pause: 'Пауза',
  Replay: 'Проиграть',
  running: 'вычисляется',
  Speed: 'Скорость',
  waiting: 'ждут',

  // A recording
  '{agent} was killed. Its operation goes to another agent.':
    'Агент {agent} убит. Его операция перейдёт к другому агенту.',
  '{done} of {total, plural, one {# operation} other {# operations}} computed':
    'Вычислено {done} из {total, plural, one {# операции} few {# операций} many {# операций} other {# операции}}',

  // Sharing
  'created {when}@@link': 'создана {when}',
  'Cut off who watches by it?': 'Отключить тех, кто смотрит по ней?',
  'For a day': 'На день',
  'It was revoked, or its time is over, or its expression was deleted. Ask for another one whoever sent it.':
    'Она отозвана, её срок истёк или выражение удалено. Попросите новую у того, кто её прислал.',
  'Make a link': 'Создать ссылку',
  'Nothing shared · Reckon': 'Ничего не открыто · Reckon',
  'The links could not be loaded.': 'Не удалось загрузить ссылки.',
  'this link': 'эта ссылка',
  'This link is shown only now.': 'Ссылка показывается только сейчас.',
  'This link shows nothing': 'По этой ссылке ничего нет',
  'Until {date}': 'До {date}',
  'Until it is revoked': 'Пока не отозвана',
  'Until revoked': 'До отзыва',
  'Whoever has a link watches this expression, and sees nothing else of yours. They cannot change anything.':
    'По ссылке любой может смотреть это выражение и больше ничего вашего. Изменить ничего нельзя.',
  Links: 'Ссылки',
  Share: 'Поделиться',
}
