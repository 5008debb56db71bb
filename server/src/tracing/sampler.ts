import type { SamplerName } from './sampler-name.ts'
import type { TraceContext } from './trace-context.ts'

/** Whether a trace is kept, by the end of its id, which is that of its expression's. It goes by the ids alone, so that all replicas decide alike. */
export type Sampler = (id: string, parent: TraceContext | null) => boolean

/** As many as stand behind the last hyphen of a UUID. */
const digits = 12

export function createSampler(name: SamplerName, ratio: number): Sampler {
  const [, based, kind] = /^(parentbased_)?(.*)$/.exec(name) ?? []
  const share = kind === 'always_on' ? 1 : kind === 'always_off' ? 0 : ratio
  const bound = share * 16 ** digits
  const byRatio = (id: string) => share >= 1 || (share > 0 && Number.parseInt(id.slice(-digits), 16) < bound)
  return based === undefined ? byRatio : (id, parent) => parent?.isSampled ?? byRatio(id)
}
