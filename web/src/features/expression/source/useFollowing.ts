import { useEffect, useRef, type RefObject } from 'react'
import { useSelectedTask } from '../selection.ts'
import { stateOf } from '../task/task-look.ts'
import type { Task } from '../useTasks.ts'
import type { SourceSegment } from './source-segments.ts'

type Chunks = readonly (readonly SourceSegment<Task>[])[]

/** Scrolls to the first part of the source in which something runs, as soon as nothing does in the part in sight. */
export function useFollowing(
  frame: RefObject<HTMLElement | null>,
  chunks: Chunks,
  tasks: readonly Task[] | null,
): void {
  useEffect(() => {
    const element = frame.current
    if (!element || !tasks) return
    const runs = (segment: SourceSegment<Task>) =>
      segment.kind === 'operation' &&
      segment.tasks.some(({ index }) => tasks[index] !== undefined && stateOf(tasks[index]) === 'running')
    const running = chunks.flatMap((segments, chunk) => (segments.some(runs) ? [chunk] : []))
    if (running[0] !== undefined && !running.some((chunk) => isInSight(element, chunk))) scrollTo(element, running[0])
  }, [frame, chunks, tasks])
}

/** Scrolls to a task that was selected elsewhere. */
export function useSelectedInSight(frame: RefObject<HTMLElement | null>, chunks: Chunks): void {
  const selected = useSelectedTask()
  // Where it stands changes as values take its place, for which nobody wants to be taken there again.
  const latest = useRef(chunks)
  useEffect(() => {
    latest.current = chunks
  }, [chunks])
  useEffect(() => {
    const element = frame.current
    if (!element || selected === null) return
    const shows = (segment: SourceSegment<Task>) =>
      segment.kind === 'value'
        ? segment.task === selected
        : segment.kind === 'operation' && segment.tasks.some(({ index }) => index === selected)
    const chunk = latest.current.findIndex((segments) => segments.some(shows))
    if (chunk >= 0 && !isInSight(element, chunk)) scrollTo(element, chunk)
  }, [frame, selected])
}

function isInSight(element: HTMLElement, chunk: number): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  const box = element.children[chunk]?.getBoundingClientRect()
  return box !== undefined && box.bottom > top && box.top < bottom
}

/** Scrolls the frame alone, and not the page with it. */
function scrollTo(element: HTMLElement, chunk: number): void {
  const box = element.children[chunk]?.getBoundingClientRect()
  if (box) element.scrollBy({ top: box.top - element.getBoundingClientRect().top - 8, behavior: 'smooth' })
}
