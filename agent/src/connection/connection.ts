import type { Clock } from '../clock.ts'
import type { AgentSessionInput, PrepareLeavingInput, SubmitTaskResultsInput } from '../graphql.ts'
import { connectionEnd, type ConnectionEnd } from './connection-end.ts'
import { type ConnectionSettings, dial } from './dial.ts'
import {
  agentSessionText,
  type AgentSessionData,
  type AgentSessionEvent,
  prepareLeavingText,
  submitTaskResultsText,
  type SubmitTaskResultsData,
} from './documents.ts'
import { type SubmitAnswer, submitAnswer } from './submit-answer.ts'

/** The agent's session on one socket, from the dial to the end. It never reconnects. */
export interface Connection {
  /** Never rejects. */
  readonly ended: Promise<ConnectionEnd>
  /** Never rejects; if the connection ends first, the answer is `lost`. */
  submit(input: SubmitTaskResultsInput): Promise<SubmitAnswer>
  /** Says that nothing more is to be assigned. A server that does not know of it goes on until the goodbye. */
  prepareLeaving(input: PrepareLeavingInput): void
  /** Says goodbye: completes the subscription, then closes the socket with 1000. */
  close(): void
}

export function openConnection(
  clock: Clock,
  settings: ConnectionSettings,
  input: AgentSessionInput,
  onEvent: (event: AgentSessionEvent) => void,
): Connection {
  const { client, ended, end, isOpen } = dial(clock, settings)
  const { answerTimeoutMs, closeTimeoutMs } = settings.timing
  const lose = (message: string) => end({ kind: 'lost', message })
  let closing = false
  let over = false

  const cancelOpening = clock.after(answerTimeoutMs, () => lose('the server opens no session'))
  void ended.then(() => {
    over = true
    cancelOpening()
  })

  const completeSession = client.subscribe<AgentSessionData>(
    { query: agentSessionText, variables: { input, isTraced: settings.isTraced === true } },
    {
      next: ({ data, errors }) => {
        cancelOpening()
        if (closing || over) return
        if (data) onEvent(data.agentSession)
        else end(connectionEnd(errors ?? new Error('the server sent an event without data')))
      },
      error: (cause) => end(connectionEnd(cause)),
      complete: () => {
        if (!closing) lose('the server ended the session')
      },
    },
  )

  function submit(input: SubmitTaskResultsInput): Promise<SubmitAnswer> {
    const count = input.results.length
    return new Promise((resolve) => {
      let answer: SubmitAnswer = { kind: 'lost' }
      const cancelTimeout = clock.after(answerTimeoutMs, () => lose('the server leaves results unanswered'))
      const settle = () => {
        cancelTimeout()
        resolve(answer)
      }
      client.subscribe<SubmitTaskResultsData>(
        { query: submitTaskResultsText, variables: { input } },
        {
          next: (result) => {
            answer = submitAnswer(result, count)
          },
          error: (cause) => {
            if (Array.isArray(cause)) answer = submitAnswer({ errors: cause }, count)
            settle()
          },
          complete: settle,
        },
      )
    })
  }

  function prepareLeaving(input: PrepareLeavingInput): void {
    const ignored = { next: () => undefined, error: () => undefined, complete: () => undefined }
    client.subscribe({ query: prepareLeavingText, variables: { input } }, ignored)
  }

  function close(): void {
    if (closing) return
    closing = true
    const goodbye = () => end({ kind: 'goodbye' })
    if (!isOpen()) return goodbye()
    completeSession()
    void ended.then(clock.after(closeTimeoutMs, goodbye))
  }

  const goodbye: ConnectionEnd = { kind: 'goodbye' }
  return { ended: ended.then((why) => (closing ? goodbye : why)), submit, prepareLeaving, close }
}
