/**
 * From bytes that somebody uploaded to text that can be stored: the encoding is found or the file refused with a
 * reason. A letter is never replaced by U+FFFD, because nobody would notice before the original is gone.
 */
import { BadInput } from './bad-input.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface DecodedText {
  text: string
  encoding: Encoding
  /** What a person should know about how the bytes were read. */
  notes: string[]
}

/**
 * What windows-1252 has at 0x80 to 0x9f, where Latin-1 has control characters; a space where it has nothing. Spelled
 * out because TextDecoder('windows-1252') decodes Latin-1 in several releases of Node 20 and 22.
 */
const HIGH_CONTROLS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** The first bytes of files that people upload instead of the text they meant. */
const OTHER_FILES: { start: number[]; message: string }[] = [
  {
    start: [0x50, 0x4b, 0x03, 0x04],
    message:
      'this is a zip archive (perhaps a spreadsheet or a word processor file), not text: export it as text first',
  },
  { start: [0x50, 0x4b, 0x05, 0x06], message: 'this is an empty zip archive, not text' },
  { start: [0x25, 0x50, 0x44, 0x46, 0x2d], message: 'this is a PDF, not text' },
  { start: [0x1f, 0x8b], message: 'this file is compressed (gzip): unpack it first' },
  { start: [0xd0, 0xcf, 0x11, 0xe0], message: 'this is an old Office file, not text: export it as text first' },
]

/**
 * Decodes UTF-8, UTF-16 with a byte order mark, or windows-1252 (which contains Latin-1; a note says so).
 * @param expected what the file should have been, for the message that it is something else.
 * @throws BadInput for binary files, zip archives, web pages, and bytes that are none of these encodings.
 */
export function decodeText(bytes: Uint8Array, expected = 'CSV'): DecodedText {
  for (const { start, message } of OTHER_FILES) if (startsWith(bytes, start)) throw new BadInput(message)
  const decoded = decode(bytes)
  if (decoded.text.includes('\0')) {
    const line = lineOf(decoded.text, decoded.text.indexOf('\0'))
    throw new BadInput({ line, message: 'this file is not text: it contains a NUL byte' })
  }
  if (looksBinary(decoded.text)) {
    throw new BadInput('this file is not text: too many of its characters are control characters')
  }
  if (looksLikeWebPage(decoded.text)) {
    throw new BadInput(`this is a web page, not ${expected}: you may have been signed out when downloading`)
  }
  const damaged = decoded.text.indexOf('\ufffd')
  if (damaged >= 0) {
    decoded.notes.push(
      `line ${lineOf(decoded.text, damaged)} has a replacement character (U+FFFD): a letter was lost before this file reached Candor`,
    )
  }
  return decoded
}

function decode(bytes: Uint8Array): DecodedText {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return { text: utf8(bytes.subarray(3)), encoding: 'utf-8', notes: [] }
  if (startsWith(bytes, [0xff, 0xfe])) return utf16(bytes.subarray(2), 'utf-16le')
  if (startsWith(bytes, [0xfe, 0xff])) return utf16(bytes.subarray(2), 'utf-16be')
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
      encoding: 'utf-8',
      notes: [],
    }
  } catch {
    return windows1252(bytes)
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new BadInput({
      line: lineOfByte(bytes, surveyUtf8(bytes).firstBad),
      message: 'these bytes are not UTF-8, although the file says that it is: save it as UTF-8 again',
    })
  }
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedText {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text, encoding, notes: [`read as ${encoding.toUpperCase()}, as its byte order mark says`] }
  } catch {
    throw new BadInput(`the file begins as ${encoding.toUpperCase()} but is damaged: save it as UTF-8`)
  }
}

function windows1252(bytes: Uint8Array): DecodedText {
  const { good, bad, firstBad } = surveyUtf8(bytes)
  const line = lineOfByte(bytes, firstBad)
  // A file that is UTF-8 nearly everywhere is damaged UTF-8: reading all of it as windows-1252 would spoil the rest.
  if (good > bad) {
    throw new BadInput({ line, message: 'these bytes are not UTF-8, unlike the rest of the file: save it as UTF-8' })
  }
  for (let i = 0; i < bytes.length; i++) {
    if (HIGH_CONTROLS[bytes[i]! - 0x80] === ' ') {
      throw new BadInput({
        line: lineOfByte(bytes, i),
        message: 'these bytes are neither UTF-8 nor windows-1252 (Latin-1): save the file as UTF-8',
      })
    }
  }
  return {
    text: Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, c => HIGH_CONTROLS[c.charCodeAt(0) - 0x80]!),
    encoding: 'windows-1252',
    notes: [`not UTF-8 (first on line ${line}), so read as windows-1252 (Latin-1): check accents and currency signs`],
  }
}

/** Counts well-formed multi-byte UTF-8 sequences against bytes that cannot be part of one. */
function surveyUtf8(bytes: Uint8Array): { good: number; bad: number; firstBad: number } {
  let good = 0
  let bad = 0
  let firstBad = -1
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!
    if (first < 0x80) {
      i++
      continue
    }
    const length = sequenceLength(bytes, i)
    if (length === 0) {
      bad++
      if (firstBad < 0) firstBad = i
      i++
    } else {
      good++
      i += length
    }
  }
  return { good, bad, firstBad }
}

/** The length of the UTF-8 sequence that begins at `i`, or 0 when none does. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i]!
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
  for (let k = 1; k < length; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return 0
  const second = bytes[i + 1] ?? 0
  // Overlong forms, surrogates and what lies beyond U+10FFFF.
  if (first === 0xe0 && second < 0xa0) return 0
  if (first === 0xed && second > 0x9f) return 0
  if (first === 0xf0 && second < 0x90) return 0
  if (first === 0xf4 && second > 0x8f) return 0
  return length
}

function startsWith(bytes: Uint8Array, start: number[]): boolean {
  return bytes.length >= start.length && start.every((byte, i) => bytes[i] === byte)
}

/** Text has a few stray control characters at most; a twentieth of all characters is no longer text. */
function looksBinary(text: string): boolean {
  const sample = text.slice(0, 64 * 1024)
  const controls = sample.match(/[\u0001-\u0008\u000b\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0
  return controls > 4 && controls > sample.length / 20
}

function looksLikeWebPage(text: string): boolean {
  const start = text.slice(0, 2_000).trimStart().toLowerCase()
  return start.startsWith('<!doctype html') || start.startsWith('<html')
}

function lineOf(text: string, index: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) line++
  return line
}

function lineOfByte(bytes: Uint8Array, index: number): number {
  let line = 1
  for (let i = 0; i < index; i++) if (bytes[i] === 0x0a) line++
  return line
}
