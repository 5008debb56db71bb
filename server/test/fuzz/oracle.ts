import { getOperationAST, getVariableValues, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import type { FuzzCase } from './fuzz-case.ts'
import { misshapen } from './shape.ts'

/** What came back. */
export interface FuzzAnswer {
  /** Of HTTP; 200 for a message of a socket. */
  readonly status: number
  /** Of a socket that the server closed instead of answering. */
  readonly closed: { readonly code: number; readonly reason: string } | null
  readonly text: string
  /** What the server's main thread had of the processor. */
  readonly processorMs: number
}

/** Stands in everything that another user has, and in nothing that is asked. */
export const canary = '27182818284590452353'

const stack =
  /\\n\s+at |\bat \S+ \([^)]*:\d+:\d+\)|node_modules|\/dist\/|\/src\/|file:\/\/|\.[tj]s:\d+|reckon-test-|\/(?:tmp|home|dev\/shm|root)\/|PrismaClient|violates|syntax error at or near/

/** Statuses that an answer may have. Anything else is nobody's intention. */
const statuses = new Set([200, 400, 401, 403, 404, 405, 406, 413, 414, 415, 421, 422, 429, 431, 503])
/** Why a socket may be closed: what it said was no message, or too many. */
const closings = new Set([4400, 4403, 4408, 4409, 4410, 4429, 1007, 1009])

/** What is not as it should be, a line each; the first word is the kind. */
export function faultsOf(schema: GraphQLSchema, asked: FuzzCase, answer: FuzzAnswer, limitMs: number): string[] {
  const { status, closed, text, processorMs } = answer
  const faults: string[] = []
  if (processorMs > limitMs) faults.push(`expensive: ${Math.round(processorMs)} ms of the processor`)
  if (closed !== null) {
    const isFlood = closed.code === 1013 && closed.reason === 'Too many messages'
    if (!isFlood && !closings.has(closed.code)) faults.push(`closed: ${closed.code} ${closed.reason}`)
  } else if (!statuses.has(status)) faults.push(`status: ${status} ${text.slice(0, 100)}`)
  if (/INTERNAL_SERVER_ERROR|Something went wrong/.test(text)) faults.push('unforeseen: an error that nobody foresaw')
  const leak = stack.exec(text)
  if (leak !== null && !asked.body.includes(leak[0].trim()))
    faults.push(`leak: ${text.slice(Math.max(0, leak.index - 80), leak.index + 80)}`)
  if (asked.actor !== 'admin' && /27182818284590452353|secret\.example/.test(text))
    faults.push('foreign: data of another user')
  if (closed === null) faults.push(...contradictions(schema, asked, text))
  return faults
}

/** Where graphql-js, given the same, would have answered otherwise. */
function contradictions(schema: GraphQLSchema, asked: FuzzCase, text: string): string[] {
  const data = dataOf(text)
  if (data === null) return []
  const request = parsed(asked.body)
  // Of what is no request, or several, nothing may be answered.
  if (request === null) return ['accepted: a body that is no request']
  let document: DocumentNode
  try {
    document = parse(request.query)
  } catch {
    return ['accepted: a document that is none']
  }
  const [problem] = validate(schema, document)
  if (problem) return [`accepted: a document that is not valid: ${problem.message}`]
  const operation = getOperationAST(document, request.operationName)
  if (!operation) return ['accepted: an operation that is not named']
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables)
  if (errors) return [`accepted: variables that do not fit: ${errors[0]?.message.slice(0, 200)}`]
  const faults = misshapen(schema, document, operation, data)
  return faults.length > 0 ? [`shape: ${faults.slice(0, 3).join(', ')}`] : []
}

function dataOf(text: string): object | null {
  try {
    const { data } = JSON.parse(text) as { data?: unknown }
    return typeof data === 'object' ? data : null
  } catch {
    return null
  }
}

interface Request {
  readonly query: string
  readonly operationName: string | null
  readonly variables: Record<string, unknown>
}

function parsed(body: string): Request | null {
  try {
    const { query, operationName, variables } = JSON.parse(body) as Partial<Record<string, unknown>>
    if (typeof query !== 'string') return null
    return {
      query,
      operationName: typeof operationName === 'string' && operationName !== '' ? operationName : null,
      variables: typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {},
    }
  } catch {
    return null
  }
}
