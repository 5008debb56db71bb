import { t } from '../../../language/t.ts'
import { nothingSelected, select } from '../selection/row-selection.ts'
import type { ListActions } from './list-actions.ts'
import { runAgain } from './run-again.ts'

/** Submits an expression once more. To undo that is to delete the new one, whatever has come of it. */
export async function again(actions: ListActions, id: string): Promise<void> {
  actions.say({ tone: 'info', sentence: t('Submitting it again …') })
  const outcome = await runAgain(actions.scope.client, id)
  if ('problem' in outcome) return actions.refuse(outcome.problem)
  actions.say({
    tone: 'info',
    sentence: t('It runs again, as a new expression.'),
    leadsTo: outcome.id,
    undo: () => void actions.change('delete', select(nothingSelected, [outcome.id], true)),
  })
}
