import type { Finding } from './fuzzer.ts'

const shown = 1_500

/** As a person reads it, with all that is needed to see it again. */
export function printFinding({ seed, number, asked, answer, faults, log }: Finding): string {
  const { actor, transport, query, variables } = asked
  return [
    `## seed ${seed}, case ${number}: ${signatureParts(faults)}`,
    ...faults,
    `as ${actor}, over ${transport}; ${Math.round(answer.processorMs)} ms; status ${answer.status}`,
    `query: ${cut(query)}`,
    `variables: ${cut(variables)}`,
    asked.body.length < shown ? `body: ${asked.body}` : '',
    `answer: ${cut(answer.closed ? JSON.stringify(answer.closed) : answer.text)}`,
    ...log.slice(0, 3),
    `replay: npm run fuzz -- --replay ${seed}:${number}`,
    '',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/** By which findings of one cause are known for one. */
export function signatureOf({ faults, log, asked }: Finding): string {
  const where = /^\s*at (.*)/m.exec(log[0] ?? '')?.[1] ?? ''
  const first = (log[0] ?? '').split('\n', 1)[0]?.slice(0, 120) ?? ''
  const detail = log.length > 0 ? `${first} ${where}` : /\w+/.exec(asked.query.replace(/^\W*\w+[^{]*\{\W*/, ''))?.[0]
  return `${signatureParts(faults)} ${detail}`.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '#')
}

const signatureParts = (faults: readonly string[]) =>
  faults.map((fault) => fault.replace(/[\d"'].*/s, '').slice(0, 60)).join(' + ')

const cut = (text: string) => (text.length > shown ? `${text.slice(0, shown)} … (${text.length} characters)` : text)
