/** What a file is, by its bytes: its name says only what somebody called it. */

export const ATTACHMENT_TYPES = {
  'image/png': { words: 'PNG image', isImage: true },
  'image/jpeg': { words: 'JPEG image', isImage: true },
  'image/webp': { words: 'WebP image', isImage: true },
  // An SVG may carry scripts and addresses: it is kept as it is and only ever handed out as a download.
  'image/svg+xml': { words: 'SVG drawing', isImage: false },
  'application/pdf': { words: 'PDF', isImage: false },
  'text/plain; charset=utf-8': { words: 'text', isImage: false },
} as const

export type AttachmentType = keyof typeof ATTACHMENT_TYPES

export const ATTACHMENT_LIMIT = 10 * 1024 * 1024

/** Those that a browser shows in place of saving them. */
export function isShownInPlace(type: string): boolean {
  return isImage(type) || type === 'application/pdf'
}

export function isImage(type: string): boolean {
  return ATTACHMENT_TYPES[type as AttachmentType]?.isImage ?? false
}

const STARTS: [AttachmentType, number[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
]

/** @returns null for what is none of the kinds that are kept. */
export function typeOf(bytes: Uint8Array): AttachmentType | null {
  const begins = (signature: number[], at = 0) => signature.every((byte, index) => bytes[at + index] === byte)
  const found = STARTS.find(([, signature]) => begins(signature))
  if (found) return found[0]
  if (begins([0x52, 0x49, 0x46, 0x46]) && begins([0x57, 0x45, 0x42, 0x50], 8)) return 'image/webp'
  const text = textIn(bytes)
  if (text === null) return null
  return isSvg(text) ? 'image/svg+xml' : 'text/plain; charset=utf-8'
}

/** UTF-8 without control characters but those of terminals and line ends. */
function textIn(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return /[\u0000-\u0006\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text
  } catch {
    return null
  }
}

/** After a declaration, comments and a document type, the first element is `svg`. */
function isSvg(text: string): boolean {
  let rest = text.slice(0, 20_000).trimStart()
  for (let length = -1; length !== rest.length; ) {
    length = rest.length
    rest = rest.replace(/^(?:<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>)/i, '').trimStart()
  }
  return /^<(?:[\w-]+:)?svg[\s>/]/i.test(rest)
}

const LONGEST_NAME = 150

/** A file's name without folders and without what could deceive or not be stored; never empty. */
export function attachmentName(given: string): string {
  const last = given.split(/[/\\]/).pop() ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '').trim()
  if (!clean.replaceAll('.', '')) return 'file'
  if (clean.length <= LONGEST_NAME) return clean
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(clean)?.[0] ?? ''
  return `${clean.slice(0, LONGEST_NAME - ending.length).replace(/[\ud800-\udbff]$/, '')}${ending}`
}

/** `Content-Disposition` for a name in any alphabet (RFC 6266). */
export function dispositionOf(name: string, isInline: boolean): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact = encodeURIComponent(name).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${isInline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${exact}`
}

/** 940 bytes, 12 KB, 3.4 MB. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
