import { exitCodes } from '../exit-code.ts'
import { showStatus } from '../show/status.ts'
import { alignRows, header } from '../show/table.ts'
import { formatMoment } from '../show/time.ts'
import { printable } from '../terminal/printable.ts'
import { drainAgent, forgetAgent, listAgents, reinstateAgent, undrainAgent } from './agent-documents.ts'
import { defineCommand } from './command.ts'
import { refused, withEach } from './each.ts'

const actions = { drain: drainAgent, undrain: undrainAgent, reinstate: reinstateAgent, forget: forgetAgent } as const
const isAction = (verb: string): verb is keyof typeof actions => Object.hasOwn(actions, verb)

export const agents = defineCommand({
  name: 'agents',
  summary: 'list the agents, or have one leave, stay, come back or be forgotten',
  usage: ['agents', 'agents drain|undrain|reinstate|forget NAME…'],
  details: [
    'drain asks an agent to finish what it holds and leave, undrain lets it stay after all,',
    'reinstate lets in one that was set aside, forget takes one from the list that is gone.',
    'These take an admin.',
  ],
  options: {},
  subcommands: Object.keys(actions),
  words: [0, Infinity],
  async run(context, { words: [verb, ...names] }) {
    const answer = await context.api.ask(listAgents, {})
    if (answer.kind !== 'data') return context.refuse(answer)
    // Null where it was refused, which is told above.
    const all = answer.data.agents ?? []
    if (verb !== undefined) {
      if (!isAction(verb) || names.length === 0)
        return context.misuse('say reckon agents drain, undrain, reinstate or forget NAME')
      return withEach(context, names, async (name) => {
        const agent = all.find((each) => each.name === name || each.id === name)
        if (!agent) return refused({ code: 'NOT_FOUND', message: `There is no agent ${name}.` })
        const done = await context.api.ask(actions[verb], { id: agent.id })
        if (done.kind !== 'data') return done
        const { outcome } = done.data
        if (outcome.__typename !== 'Agent') return refused(outcome)
        const { id, state } = outcome
        return {
          kind: 'done',
          text: `${agent.name}: ${verb === 'forget' ? 'forgotten' : state.toLowerCase()}`,
          record: { id, name: agent.name, state },
        }
      })
    }
    if (context.isJson) for (const { version: _version, ...agent } of all) context.printJson(agent)
    else
      context.show(
        alignRows([
          header(
            'NAME',
            'STATE',
            'BUSY',
            'USED',
            'A SECOND',
            'DONE',
            'FAILED',
            'LOST',
            'VERSION',
            'HOST',
            'LAST HEARD OF',
          ),
          ...all.map(({ name, state, slots, busySlots, lastHeartbeatAt, ...agent }) => [
            printable(name),
            showStatus(state),
            `${busySlots}/${slots}`,
            agent.utilisation === null ? '-' : `${Math.round(100 * agent.utilisation)} %`,
            agent.tasksPerSecond.toFixed(1),
            ...[agent.tasksDone, agent.tasksFailed, agent.tasksLost].map(String),
            printable(agent.programVersion ?? '-'),
            printable(agent.host ?? '-'),
            formatMoment(lastHeartbeatAt),
          ]),
        ]),
      )
    return exitCodes.done
  },
})
