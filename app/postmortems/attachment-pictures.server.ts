/** Files that a text shows: `![what it shows](attachment:<id>)`, or the file's own address. */
import type { Pictures } from '#app/platform/markdown.server.ts'
import { isImage } from './attachment-type.ts'

/** As much of an attachment as showing it needs. */
export interface Shown {
  id: string
  name: string
  type: string
  alternative: string
}

const REFERENCE = /^(?:attachment:|(?:https?:\/\/[^/]{1,300})?\/library\/[^/]{1,400}\/attachments\/)([\w-]{1,64})$/

/** The files of a postmortem, for the images of its text. */
export function picturesOf(slug: string, attachments: readonly Shown[]): Pictures {
  const byId = new Map(attachments.map(one => [one.id, one]))
  return {
    key: JSON.stringify([slug, attachments.map(one => [one.id, one.alternative])]),
    find(source) {
      const found = byId.get(REFERENCE.exec(source)?.[1] ?? '')
      if (!found) return null
      return {
        address: attachmentAddress(slug, found.id),
        alternative: found.alternative || found.name,
        isImage: isImage(found.type),
      }
    },
  }
}

export function attachmentAddress(slug: string, id: string): string {
  return `/library/${slug}/attachments/${id}`
}
