import { type RefObject, useEffect, useRef } from 'react'

/**
 * Lets files be dropped on a form, or pasted while it is on the page: they go into its file field. Without scripts the
 * field is still there.
 */
export function useDroppedFiles(fieldId: string): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const target = form.current
    if (!target) return
    const take = (event: Event, files: FileList | undefined) => {
      const field = document.getElementById(fieldId)
      if (!files?.length || !(field instanceof HTMLInputElement)) return
      event.preventDefault()
      const all = new DataTransfer()
      for (const file of [...(field.files ?? []), ...files]) all.items.add(file)
      field.files = all.files
      field.focus()
    }
    const allow = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => take(event, event.dataTransfer?.files)
    const paste = (event: ClipboardEvent) => take(event, event.clipboardData?.files)
    target.addEventListener('dragover', allow)
    target.addEventListener('drop', drop)
    document.addEventListener('paste', paste)
    return () => {
      target.removeEventListener('dragover', allow)
      target.removeEventListener('drop', drop)
      document.removeEventListener('paste', paste)
    }
  }, [fieldId])
  return form
}
