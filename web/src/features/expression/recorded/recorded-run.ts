import type { ResultTexts } from '../result-forms.ts'
import type { Durations } from '../task/useDurations.ts'
import type { Task } from '../useTasks.ts'
import json from './run.json'

/** An expression as a server computed it once, and what the page of an expression would be told of it. */
export interface RecordedRun {
  readonly source: string
  readonly finishedAt: string
  readonly result: ResultTexts
  readonly tasks: readonly Task[]
  readonly durations: Durations
}

/** What `scripts/record-run.ts` wrote, as it is: a test holds it against what the page asks for. */
const { durations, ...run } = json as unknown as Omit<RecordedRun, 'durations'> & { durations: Record<string, number> }

export const recordedRun: RecordedRun = { ...run, durations: new Map(Object.entries(durations)) }
