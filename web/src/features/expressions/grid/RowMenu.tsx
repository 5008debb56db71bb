import { Menu, type MenuItem } from '../../../components/Menu.tsx'
import { expressionPath } from '../../../format/expression-path.ts'
import { isUnfinished } from '../../../format/status.ts'
import { t } from '../../../language/t.ts'
import { useNavigate } from '../../../routing/hooks.ts'
import type { ListActions } from '../actions/list-actions.ts'
import { again } from '../actions/again.ts'
import { copySelection } from '../actions/take-away.ts'
import { copyItems } from '../actions/copy-items.ts'
import type { LiveList } from '../rows/live-list.ts'
import { nothingSelected, select } from '../selection/row-selection.ts'

interface Props {
  live: LiveList
  id: string
  at: DOMRect
  actions: ListActions
  onClose: () => void
}

/** All that can be done to one expression. */
export default function RowMenu({ live, id, at, actions, onClose }: Props) {
  const navigate = useNavigate()
  const row = live.list.row(id)
  if (!row) return null
  const only = select(nothingSelected, [id], true)
  const items: MenuItem[] = [
    { label: t('Open'), keys: 'Enter', onChoose: () => void navigate(expressionPath(id)) },
    { label: t('Share…'), onChoose: () => void navigate(`${expressionPath(id)}#share`) },
    ...copyItems(row.result !== null, (form) => void copySelection(actions, only, form)),
    row.status === 'FAILED'
      ? { label: t('Retry'), isFirst: true, onChoose: () => void actions.change('retry', only) }
      : { label: t('Run again'), isFirst: true, onChoose: () => void again(actions, id) },
    ...(isUnfinished(row.status)
      ? [{ label: t('Cancel@@stop'), isDanger: true, onChoose: () => void actions.change('cancel', only) }]
      : []),
    { label: t('Delete'), keys: 'Delete', isDanger: true, onChoose: () => void actions.change('delete', only) },
  ]
  return <Menu label={t('Actions for {name}', { name: row.sourceBeginning })} items={items} at={at} onClose={onClose} />
}
