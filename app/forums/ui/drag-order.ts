/** Dragging the items of an agenda into another order. Without it, and by keyboard, the buttons do the same. */
import { type RefObject, useEffect } from 'react'

/** @param onOrder is given the ids in their new order. */
export function useDragOrder(
  list: RefObject<HTMLElement>,
  ids: readonly string[],
  onOrder: (ids: string[]) => void,
): void {
  useEffect(() => {
    const root = list.current
    if (!root || ids.length < 2) return
    const rows = [...root.querySelectorAll<HTMLElement>('li[data-item]')]
    let dragged: string | null = null
    const clear = () => {
      for (const row of rows) row.classList.remove('is-dragged', 'is-target')
    }
    const rowOf = (event: DragEvent) => (event.target as Element | null)?.closest<HTMLElement>('li[data-item]') ?? null
    const onStart = (event: DragEvent) => {
      const row = rowOf(event)
      dragged = row?.dataset.item ?? null
      row?.classList.add('is-dragged')
      event.dataTransfer?.setData('text/plain', dragged ?? '')
    }
    const onOver = (event: DragEvent) => {
      const row = rowOf(event)
      if (!dragged || !row) return
      event.preventDefault()
      for (const one of rows) one.classList.toggle('is-target', one === row && one.dataset.item !== dragged)
    }
    const onDrop = (event: DragEvent) => {
      const target = rowOf(event)?.dataset.item
      if (!dragged || !target) return
      event.preventDefault()
      if (target !== dragged) onOrder(placedAt(ids, dragged, target))
    }
    const onEnd = () => {
      dragged = null
      clear()
    }
    for (const row of rows) row.draggable = true
    root.addEventListener('dragstart', onStart)
    root.addEventListener('dragover', onOver)
    root.addEventListener('drop', onDrop)
    root.addEventListener('dragend', onEnd)
    return () => {
      for (const row of rows) row.removeAttribute('draggable')
      root.removeEventListener('dragstart', onStart)
      root.removeEventListener('dragover', onOver)
      root.removeEventListener('drop', onDrop)
      root.removeEventListener('dragend', onEnd)
    }
  }, [list, ids, onOrder])
}

/** The list with one entry put at another's place. */
export function placedAt(ids: readonly string[], id: string, at: string): string[] {
  const place = ids.indexOf(at)
  const rest = ids.filter(one => one !== id)
  return [...rest.slice(0, place), id, ...rest.slice(place)]
}
