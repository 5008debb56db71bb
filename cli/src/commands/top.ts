import type { SubscriptionEnd } from '../connection/live.ts'
import { exitCodes } from '../exit-code.ts'
import { FullScreen } from '../terminal/full-screen.ts'
import { asciiGlyphs, utf8Glyphs } from '../terminal/glyphs.ts'
import { agentsChanged, statsChanged, workChanged } from '../top/documents.ts'
import { renderTop } from '../top/render.ts'
import { nothingKnown, withTopEvent, type TopEvent, type TopState } from '../top/state.ts'
import { isLive, paintOf } from '../world.ts'
import { defineCommand } from './command.ts'
import type { Context } from './context.ts'
import { whoAmI } from './whoami.ts'

/** How often times that are shown move on. */
const redrawMs = 500

export const top = defineCommand({
  name: 'top',
  summary: 'show live what the cluster does: agents with their slots, rates, what runs',
  usage: ['top'],
  details: ['q or Ctrl-C quits. Where the output is no terminal, it is shown once; with --json its figures are.'],
  options: {},
  words: [0, 0],
  async run(context) {
    const { world } = context
    // Whether there is a server, and one is somebody to it, is told before the screen is taken.
    const answer = await context.api.ask(whoAmI, {})
    if (answer.kind !== 'data') return context.refuse(answer)
    if (!answer.data.viewer) return context.refuse({ code: 'UNAUTHENTICATED', message: 'Nobody is signed in.' })
    const isScreen = isLive(world.output, world.environment) && !context.isJson
    const end = await (isScreen ? showLive(context) : firstPicture(context))
    context.close()
    if (end.kind === 'refused' || end.kind === 'unreachable') return context.refuse(end)
    return exitCodes.done
  },
})

type End = SubscriptionEnd | { readonly kind: 'quit' }

function watchCluster(context: Context, take: (event: TopEvent) => void, end: (why: End) => void): void {
  const { clock } = context.world
  const live = context.openLive((connection) => take({ kind: 'connection', connection }))
  live.subscribe(statsChanged, {}, { next: (data) => take({ kind: 'stats', stats: data.clusterStatsChanged }), end })
  live.subscribe(agentsChanged, {}, { next: (data) => take({ kind: 'agents', agents: data.agentsChanged }), end })
  live.subscribe(
    workChanged,
    {},
    { next: (data) => take({ kind: 'work', running: data.workChanged.running, at: clock.now() }), end },
  )
}

async function showLive(context: Context): Promise<End> {
  const { input, output, environment, clock } = context.world
  let state = nothingKnown
  let cancelTick = () => {}
  const why = await new Promise<{ readonly end: End; readonly screen: FullScreen }>((resolve) => {
    const draw = () => screen.draw(picture(context, state, screen.size))
    const screen: FullScreen = new FullScreen({
      input,
      output,
      paint: paintOf(output, environment),
      onRedraw: draw,
      onQuit: () => resolve({ end: { kind: 'quit' }, screen }),
    })
    const tick = () => {
      draw()
      cancelTick = clock.after(redrawMs, tick)
    }
    watchCluster(
      context,
      (event) => {
        state = withTopEvent(state, event)
        draw()
      },
      (end) => resolve({ end, screen }),
    )
    tick()
  })
  cancelTick()
  why.screen.close()
  return why.end
}

/** What there is when all have told once, as lines or as JSON. */
async function firstPicture(context: Context): Promise<End> {
  let state = nothingKnown
  const missing = new Set<TopEvent['kind']>(['stats', 'agents', 'work'])
  const end = await new Promise<End>((resolve) => {
    const take = (event: TopEvent) => {
      state = withTopEvent(state, event)
      missing.delete(event.kind)
      if (missing.size === 0) resolve({ kind: 'quit' })
    }
    watchCluster(context, take, resolve)
  })
  if (end.kind !== 'quit') return end
  const { stats, agents, runs } = state
  if (context.isJson)
    context.printJson({
      ...stats,
      agents: [...agents.values()].map(({ version: _version, ...agent }) => agent),
      running: runs.map(({ seenAt: _seenAt, ...run }) => run),
    })
  else context.show(picture(context, state, { columns: 120, rows: 1_000 }))
  return end
}

function picture(context: Context, state: TopState, size: { readonly columns: number; readonly rows: number }) {
  const { environment, output, clock } = context.world
  const glyphs = environment.isUtf8 || !output.isTTY ? utf8Glyphs : asciiGlyphs
  return renderTop(state, { ...size, server: context.server.shown, now: clock.now(), glyphs })
}
