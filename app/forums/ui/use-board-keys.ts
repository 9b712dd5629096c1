/** The board's single keys: each presses the control that carries it, and none fires while somebody types. */
import { useEffect } from 'react'

const TYPING = /^(input|textarea|select)$/i
const PRESSABLE = /^(button|summary|a)$/i

/** @param isOn whether the reader wants them: they can be switched off (WCAG 2.2, 2.1.4). */
export function useBoardKeys(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return
      const target = event.target as HTMLElement
      if (target.isContentEditable || TYPING.test(target.tagName) || document.querySelector('dialog[open]')) return
      if (PRESSABLE.test(target.tagName) && (event.key === ' ' || event.key === 'Enter')) return
      const control = controlFor(event.key === '=' ? '+' : event.key, target)
      if (!control) return
      event.preventDefault()
      if (TYPING.test(control.tagName)) reveal(control)
      else control.click()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isOn])
}

/** What belongs to a note is the focused note's, else the newest's. */
function controlFor(key: string, target: HTMLElement): HTMLElement | null {
  const selector = `[data-key="${CSS.escape(key)}"]`
  const near = target.closest('[data-note]')?.querySelector<HTMLElement>(selector)
  if (near) return near
  const all = [...document.querySelectorAll<HTMLElement>(`.live ${selector}`)]
  return (all[0]?.closest('[data-note]') ? all.at(-1) : all[0]) ?? null
}

function reveal(control: HTMLElement): void {
  const around = control.closest('details')
  if (around) around.open = true
  control.focus()
}
