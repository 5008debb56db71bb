/** Of `web/src/features/agents`. */
export const agents = {
  // The cluster
  '{allAre, select, least {At least } other {}}{all, plural, one {# operation} other {# operations}}, {mineAre, select, least {at least } other {}}{mine} of them yours{lost, plural, =0 {} one {; # came to nothing} other {; # came to nothing}}.':
    '{allAre, select, least {Не меньше: } other {}}{all, plural, one {# операция} few {# операции} many {# операций} other {# операции}}, ваших — {mineAre, select, least {не меньше } other {}}{mine}{lost, plural, =0 {} one {; без результата — #} few {; без результата — #} many {; без результата — #} other {; без результата — #}}.',
  '{busy} <rest>of {slots}</rest>': '{busy} <rest>из {slots}</rest>',
  '{time} ago': '{time} назад',
  'Agents · Reckon': 'Агенты · Reckon',
  'Expressions wait until there is one. An admin makes a token, with which an agent is started on any machine.':
    'Выражения ждут, пока он не появится. Администратор создаёт токен, с которым агента запускают на любой машине.',
  'No agent has come yet': 'Ещё ни один агент не подключался',
  'of others': 'чужие',
  'Operands known, waiting for a slot': 'Операнды известны, ждут слота',
  'Operations a second': 'Операций в секунду',
  'Over the last ten seconds': 'За последние десять секунд',
  'Ready tasks': 'Готовых задач',
  'Running expressions': 'Выражений в работе',
  'Server replicas': 'Реплик сервера',
  'Slots busy': 'Занято слотов',
  'The agents could not be loaded.': 'Не удалось загрузить агентов.',
  'Time in sight': 'Промежуток времени',
  'without a result': 'без результата',
  'Work of all slots over time. Left and right arrow keys move through it, End follows it again.':
    'Работа всех слотов во времени. Стрелками влево и вправо её можно двигать, End возвращает к настоящему.',
  'yours, running': 'ваши, вычисляются',
  gone: 'отключился',
  Work: 'Работа',
  yours: 'ваши',

  // One agent
  '{busy} of {slots} busy': 'занято {busy} из {slots}',
  '{isSuspended, select, yes {Set aside {when}: it returned} other {It returned}} {count, plural, one {# result that cannot be} other {# results that cannot be}}. The last: <last>{lastRefusal}</last>':
    '{isSuspended, select, yes {Отстранён {when}: вернул} other {Вернул}} {count, plural, one {# невозможный результат} few {# невозможных результата} many {# невозможных результатов} other {# невозможного результата}}. Последний: <last>{lastRefusal}</last>',
  '{slots, plural, one {# slot} other {# slots}}':
    '{slots, plural, one {# слот} few {# слота} many {# слотов} other {# слота}}',
  '{task}, of {owner, select, self {your expression} other {another user’s expression}}':
    '{task}, из {owner, select, self {вашего выражения} other {чужого выражения}}',
  '{task}. Open {owner, select, self {your expression} other {another user’s expression}}':
    '{task}. Открыть {owner, select, self {ваше выражение} other {чужое выражение}}',
  'and {count} more': 'и ещё {count}',
  'Finish what it holds, and leave?': 'Закончить начатое и отключиться?',
  'first seen {when}': 'впервые {when}',
  'It is let in again, with nothing held against it': 'Снова допускается, прежнее не в счёт',
  'It stays, and takes tasks again': 'Остаётся и снова берёт задачи',
  'last heard of {when}': 'на связи {when}',
  'Reinstate {name}': 'Вернуть {name}',
  'Stop draining {name}': 'Оставить {name} в работе',
  'Stop draining': 'Оставить',
  connected: 'подключён',
  Drain: 'Вывести',
  Idle: 'Свободен',
  Reinstate: 'Вернуть',

  // Those of the server
  'Agents of this server': 'Агенты этого сервера',
  'Kill {name}': 'Убить {name}',
  'Kill one while it computes, as a power cut would: what it had goes to others, and nothing is lost.':
    'Убейте одного посреди вычисления, как это сделало бы отключение питания: его операции перейдут к другим, и ничего не потеряется.',
  'Start {name}': 'Запустить {name}',
  Kill: 'Убить',
  Killed: 'Убит',
  Runs: 'Работает',
  Start: 'Запустить',

  // Tokens, and how one starts an agent
  '{host} means this machine alone. For an agent elsewhere, open this page by an address that is reached from there.':
    '{host} — это только эта машина. Для агента на другой откройте страницу по адресу, который доступен оттуда.',
  '1 to {most}': 'От 1 до {most}',
  'Agent tokens': 'Токены агентов',
  'created {when}@@token': 'создан {when}',
  'Cut off its agents?': 'Отключить его агентов?',
  'Name of the agent': 'Имя агента',
  'Start an agent with it, on any machine that has Node 20.19 or newer and reaches this address:':
    'Запустите с ним агента на любой машине, где есть Node 20.19 или новее и доступен этот адрес:',
  'such as the machine it is for': 'например, для какой он машины',
  'the name of its machine': 'имя его машины',
  'Where it is to run': 'Где он будет работать',
  commands: 'команды',
}
