/**
 * Takes out of a picture what its camera or editor wrote about place, time and people, and leaves the picture as it
 * is: nothing is decoded or compressed again. What cannot be read as the format says stays out of the library.
 */

/** Its bytes without metadata, or null when the file is not built as its format asks. */
export function withoutMetadata(type: 'image/png' | 'image/jpeg' | 'image/webp', bytes: Uint8Array): Uint8Array | null {
  if (type === 'image/png') return cleanPng(bytes)
  return type === 'image/jpeg' ? cleanJpeg(bytes) : cleanWebp(bytes)
}

/** Chunks that say how the picture looks; PNG specification, third edition (W3C 2025), section 11. */
const PNG_LOOKS = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
)
const PNG_SIGNATURE = 8

function cleanPng(bytes: Uint8Array): Uint8Array | null {
  const view = viewOf(bytes)
  const parts = [bytes.subarray(0, PNG_SIGNATURE)]
  for (let at = PNG_SIGNATURE; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return null
    const name = letters(bytes, at + 4)
    if (PNG_LOOKS.has(name)) parts.push(bytes.subarray(at, end))
    // What follows the end is no part of the picture.
    if (name === 'IEND') return joined(parts)
    at = end
  }
  return null
}

/** APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe's colour transform) are needed to show it. */
const JPEG_KEPT = new Set([0xe0, 0xe2, 0xee])
const [JPEG_EXIF, JPEG_COMMENT, JPEG_SCAN, JPEG_END] = [0xe1, 0xfe, 0xda, 0xd9]

/** ITU-T T.81, annex B. Of Exif only the orientation is kept, without which a photograph would lie on its side. */
function cleanJpeg(bytes: Uint8Array): Uint8Array | null {
  const view = viewOf(bytes)
  const parts = [bytes.subarray(0, 2)]
  for (let at = 2; at + 2 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    // What hangs behind the end is no part of the picture: phones put a second one or a film there.
    if (marker === JPEG_END) return joined([...parts, bytes.subarray(at, at + 2)])
    if (at + 4 > bytes.length) return null
    let end = at + 2 + view.getUint16(at + 2)
    if (end > bytes.length || end < at + 4) return null
    const isApplication = marker >= 0xe0 && marker <= 0xef
    if (marker === JPEG_SCAN) {
      end = nextMarker(bytes, end)
      parts.push(bytes.subarray(at, end))
      if (end === bytes.length) return joined(parts)
    } else if (marker === JPEG_EXIF) {
      const orientation = orientationIn(bytes.subarray(at + 4, end))
      if (orientation > 1) parts.push(exifOf(orientation))
    } else if (isApplication ? JPEG_KEPT.has(marker) : marker !== JPEG_COMMENT) parts.push(bytes.subarray(at, end))
    at = end
  }
  return null
}

/** Where the compressed data end: at a marker that neither stands for a byte 255 nor restarts the decoder. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const code = bytes[at + 1]!
    if (bytes[at] === 0xff && code !== 0 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return at
  }
  return bytes.length
}

const ORIENTATION = 0x0112

/** 1 to 8 as Exif 2.32 has it; 1 where nothing is said. */
function orientationIn(exif: Uint8Array): number {
  if (letters(exif, 0) !== 'Exif' || exif.length < 14) return 1
  const tiff = viewOf(exif.subarray(6))
  const isLittle = tiff.getUint16(0) === 0x4949
  const directory = tiff.getUint32(4, isLittle)
  if (directory + 2 > tiff.byteLength) return 1
  const count = tiff.getUint16(directory, isLittle)
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + 12 * entry
    if (at + 12 > tiff.byteLength) return 1
    if (tiff.getUint16(at, isLittle) !== ORIENTATION) continue
    const value = tiff.getUint16(at + 8, isLittle)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** The smallest Exif segment that says which side is up. */
function exifOf(orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]
  return Uint8Array.from([0xff, JPEG_EXIF, 0, body.length + 2, ...body])
}

const WEBP_METADATA = new Set(['EXIF', 'XMP '])
/** The bits of VP8X that say that such chunks follow. */
const WEBP_SAYS_METADATA = 0b0000_1100

/** RFC 9649: a RIFF file of chunks, each padded to an even length. */
function cleanWebp(bytes: Uint8Array): Uint8Array | null {
  const view = viewOf(bytes)
  if (bytes.length < 20) return null
  const whole = 8 + view.getUint32(4, true)
  if (whole > bytes.length) return null
  const parts: Uint8Array[] = []
  let at = 12
  while (at + 8 <= whole) {
    const size = view.getUint32(at + 4, true)
    const end = at + 8 + size + (size % 2)
    if (end > whole) return null
    const name = letters(bytes, at)
    if (!WEBP_METADATA.has(name)) {
      const chunk = bytes.slice(at, end)
      if (name === 'VP8X' && size > 0) chunk[8]! &= ~WEBP_SAYS_METADATA
      parts.push(chunk)
    }
    at = end
  }
  if (at !== whole || parts.length === 0) return null
  const clean = joined([bytes.slice(0, 12), ...parts])
  viewOf(clean).setUint32(4, clean.length - 8, true)
  return clean
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function letters(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
