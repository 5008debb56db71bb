import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { startAgentProcess } from '../support/agent-process.ts'
import { temporaryRoot } from '../support/temporary.ts'
import { startWorld } from '../support/world.ts'

const run = promisify(execFile)
const paper = readFileSync(new URL('../../../docs/rest.md', import.meta.url), 'utf8')

/** The first column of "Coming from another calculator". */
const rows = [...(paper.split('## Coming from another calculator')[1] ?? '').matchAll(/^\| (.*?) \|/gm)]
  .map(([, there = '']) => there)
  .slice(1)

interface Played {
  /** As people of other calculators type it, with the host and what the table names changed. `$id` is an expression that has ended. */
  readonly lines: string
  readonly prints: RegExp
}

const json = `-H 'Content-Type: application/json'`
const bearer = `--header "Authorization: Bearer $TOKEN"`
/** Prints the body, which ends its line, and the status in a line of its own. */
const curl = `curl -s -w '%{http_code}\\n'`

/** What is in the table, each with its lines. */
const plays: Readonly<Record<string, Played>> = {
  '`POST register`, `login` with `login`, `password`': {
    lines: `${curl} -X POST $API/register ${json} -d '{"email":"user2@example.com","password":"pass123 pass321"}'
            ${curl} -X POST $API/login ${json} -d '{"email":"user2@example.com","password":"pass123 pass321"}' -c jar
            ${curl} -X POST $API/login ${json} -d '{"login":"user2@example.com","password":"pass123 pass321"}'`,
    prints:
      /^\{"accessToken":.*\n201\n\{"accessToken":.*\n200\n\{[^]*"code": "BAD_REQUEST"[^]*email:[^]*"login[^]*\n400\n$/,
  },
  '`POST refresh` with a refresh token': {
    lines: `${curl} -X POST $API/refresh -b jar -c jar`,
    prints: /^\{"accessToken":.*\n200\n$/,
  },
  '`POST calculate`, `expression`, `addExpression` with `{"expression": …}`': {
    lines: `for address in calculate expressions; do
              ${curl} --location $API/$address ${bearer} --header 'Content-Type: application/json' --data '{
                "expression": "2+2/1+2/1"
              }'
            done`,
    prints: /^(\{"id":"[^"]+",.*"source":"2\+2\/1\+2\/1".*\n201\n){2}$/,
  },
  '`X-Request-Id`': {
    lines: `for try in 1 2; do
              curl -s -o $try.json -w '%{http_code}\\n' -X POST $API/expressions ${bearer} ${json} \\
                -H 'Idempotency-Key: 603b53cb-2175-46bd-a15f-bfba1e1918fb' -d '{"expression": "3*(4-1)"}'
            done
            sed 's/.*"id":"\\([^"]*\\)".*/\\1\\n/' 1.json 2.json | grep . | uniq | wc -l`,
    prints: /^201\n200\n *1\n$/,
  },
  '`GET expressions`, `getExpressionsList`': {
    lines: `${curl} --location $API/expressions ${bearer}
            curl -s -D- -o /dev/null "$API/expressions?limit=1" ${bearer} | grep -i '^link'`,
    prints: /^\{"expressions":\[\{"id":.*\n200\nlink: <\/api\/v1\/expressions\?limit=1&after=.*>; rel="next"\r?\n$/i,
  },
  '`GET expression/{id}`, `getExpressionByID?expressionId=`': {
    lines: `${curl} --location "$API/expressions/$id" ${bearer}`,
    prints: /^\{"id":.*"status":"SUCCEEDED".*"decimal":"20","fraction":"20".*\n200\n$/,
  },
  'asking again and again until it is computed': {
    lines: `${curl} "$API/expressions/$id?wait=30" ${bearer}
            curl -sN "$API/expressions/$id/events" ${bearer}`,
    prints: /^\{"id":.*"SUCCEEDED".*\n200\nretry: 1000\n\nevent: expression\n[^]*"SUCCEEDED"/,
  },
  '`GET`, `POST operations/duration`, `getOperationsTimeout`, `setOperationsTimeout`': {
    lines: `${curl} $API/operations/duration ${bearer} ${json} -d '{"+": 200, "*": 500}'
            ADMIN=$(curl -s $API/login ${json} -d '{"email":"admin@example.com","password":"correct horse battery"}' | ${tokenOf()})
            ${curl} $API/operations/duration -H "Authorization: Bearer $ADMIN" ${json} -d '{"+": 7, "*": 5}'
            ${curl} $API/operations/duration ${bearer}`,
    prints: /^\{[^]*"FORBIDDEN"[^]*\n403\n\{"\+":7,.*"\*":5,.*\n200\n\{"\+":7,.*"\*":5,.*\n200\n$/,
  },
  '`GET agents`, `getWorkersStatus`': {
    lines: `curl -s -o /dev/null -w '%{http_code}\\n' $API/agents
            ${curl} $API/agents ${bearer}`,
    prints: /^401\n\{"agents":\[\{.*"name":"computer".*\n200\n$/,
  },
  '`internal/task` of agents': {
    lines: `curl -s -o /dev/null -w '%{http_code}\\n' $API/internal/task ${bearer}`,
    prints: /^404\n$/,
  },
}

function tokenOf(): string {
  return `sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/'`
}

test('each line of the table for users of other calculators is true, and none is left out', async () => {
  expect(rows).toEqual(Object.keys(plays))
  const { app, admin, agentToken } = await startWorld()
  await startAgentProcess(app, agentToken, admin, { name: 'computer' })
  const cwd = await mkdtemp(path.join(temporaryRoot(), 'reckon-mapping-'))
  onTestFinished(() => rm(cwd, { recursive: true }))
  const credentials = `{"email":"user1@example.com","password":"pass123 pass321"}`
  const begin = `API=http://${new URL(app.url).host}/api/v1
    TOKEN=$(curl -s $API/register ${json} -d '${credentials}' | ${tokenOf()})
    id=$(curl -s "$API/calculate?wait=30" ${bearer} ${json} -d '{"expression":"(2+3)*4"}' | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')\n`
  const script =
    begin +
    Object.values(plays)
      .map(({ lines }) => `${lines}\necho '>>>>'`)
      .join('\n')
  const { stdout } = await run('bash', ['-uc', script], { cwd })
  const printed = stdout.split('>>>>\n')
  for (const [place, { lines, prints }] of Object.values(plays).entries())
    expect.soft(printed[place], lines).toMatch(prints)
})
