import type { TaskView } from '../domain/tasks/task-view.ts'
import { builder } from './builder.ts'

/** Apart from its fields, because agents and tasks name each other. */
export const TaskType = builder.objectRef<TaskView>('Task')
