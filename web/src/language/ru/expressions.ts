/** Of what one writes in `web/src/features/expressions`. */
export const expressions = {
  '{count, plural, one {# operation} other {# operations}}':
    '{count, plural, one {# операция} few {# операции} many {# операций} other {# операции}}',
  '{time} at best': 'в лучшем случае {time}',
  '{time} on one slot': 'на одном слоте {time}',
  '{time} saved by regrouping': 'перегруппировка экономит {time}',
  'A number: nothing to compute.': 'Это число: вычислять нечего.',
  'Character {number}:': 'Символ {number}:',
  'depth {depth}': 'глубина {depth}',
  'Numbers, + − × ÷ ^ and parentheses, names as in x = 2; x^9, gcd(12, 18), sum(k = 1..9, 1/k). Results are exact.':
    'Числа, + − × ÷ ^ и скобки, имена, как в x = 2; x^9, gcd(12, 18), sum(k = 1..9, 1/k). Результаты точные.',
  'Operations by kind': 'Операции по видам',
  'Read as {source}': 'Прочитано как {source}',
  'regrouped as {source}': 'перегруппировано: {source}',
  'Submitted. <link>Watch it being computed</link>': 'Отправлено. <link>Смотреть вычисление</link>',
  'The server did not answer. Press Evaluate again: it will not be computed twice.':
    'Сервер не ответил. Нажмите «Вычислить» ещё раз: дважды оно не вычислится.',
  'This is bound to fail. {reason}': 'Это наверняка закончится ошибкой. {reason}',
  'Too many operations to draw here. They are drawn as they run.':
    'Операций слишком много, чтобы нарисовать их здесь. Они появятся, когда начнут вычисляться.',
  'Use\u00a0{source}': 'Взять\u00a0{source}',
}
