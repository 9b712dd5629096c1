import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutMetadata } from '#app/postmortems/strip-metadata.ts'

const bytesOf = (text: string) => Buffer.from(text, 'latin1')
const SECRET = 'GPS 52.5200 13.4050'

function pngChunk(name: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length)
  chunk.write(name, 4, 'latin1')
  data.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const header = pngChunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]))
const pixels = pngChunk('IDAT', Buffer.from([1, 2, 3]))
const end = pngChunk('IEND', Buffer.alloc(0))

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}
const JPEG_START = Buffer.from([0xff, 0xd8])
const jfif = segment(0xe0, bytesOf('JFIF\0\x01\x01\0\0\x01\0\x01\0\0'))
const table = segment(0xdb, Buffer.from([0, 0xff, 0xd9, 7]))
const scan = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([9, 0xff, 0, 8, 0xff, 0xd0, 7]),
])
const JPEG_END = Buffer.from([0xff, 0xd9])

/** Exif in either byte order with an orientation and a text. */
function exif(orientation: number, order: 'II' | 'MM'): Buffer {
  const tiff = Buffer.alloc(26 + SECRET.length)
  const write16 = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at)
  tiff.write(order, 0, 'latin1')
  write16(42, 2)
  if (order === 'II') tiff.writeUInt32LE(8, 4)
  else tiff.writeUInt32BE(8, 4)
  write16(1, 8)
  write16(0x0112, 10)
  write16(3, 12)
  write16(orientation, 18)
  tiff.write(SECRET, 26, 'latin1')
  return Buffer.concat([bytesOf('Exif\0\0'), tiff])
}

function webpChunk(name: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(data.length)
  return Buffer.concat([bytesOf(name), size, data, Buffer.alloc(data.length % 2)])
}
function webp(...chunks: Buffer[]): Buffer {
  const body = Buffer.concat([bytesOf('WEBP'), ...chunks])
  const size = Buffer.alloc(4)
  size.writeUInt32LE(body.length)
  return Buffer.concat([bytesOf('RIFF'), size, body])
}

const clean = (type: Parameters<typeof withoutMetadata>[0], bytes: Uint8Array) => {
  const stripped = withoutMetadata(type, bytes)
  return stripped && Buffer.from(stripped)
}

describe('a picture without what its camera wrote', () => {
  it('is a PNG of the chunks that it looks by, and of nothing behind its end', () => {
    const told = [pngChunk('tEXt', bytesOf(`Comment\0${SECRET}`)), pngChunk('eXIf', bytesOf(SECRET))]
    const file = Buffer.concat([
      PNG_START,
      header,
      ...told,
      pixels,
      pngChunk('tIME', Buffer.alloc(7)),
      end,
      bytesOf(SECRET),
    ])
    expect(clean('image/png', file)).toEqual(Buffer.concat([PNG_START, header, pixels, end]))
  })

  it.each(['II', 'MM'] as const)('is a JPEG whose Exif says no more than which side is up (%s)', order => {
    const told = [segment(0xe1, exif(6, order)), segment(0xed, bytesOf(SECRET)), segment(0xfe, bytesOf(SECRET))]
    const file = Buffer.concat([JPEG_START, jfif, ...told, table, scan, table, scan, JPEG_END, bytesOf(SECRET)])
    const stripped = clean('image/jpeg', file)!
    expect(stripped.includes(SECRET)).toBe(false)
    expect(stripped.includes(Buffer.concat([table, scan, table, scan, JPEG_END]))).toBe(true)
    expect(stripped.subarray(2, 2 + jfif.length)).toEqual(jfif)
    expect(stripped.includes(bytesOf('Exif'))).toBe(true)
    expect(clean('image/jpeg', stripped), 'and stays so').toEqual(stripped)
  })

  it('is a JPEG without Exif where the picture stands upright', () => {
    const file = Buffer.concat([JPEG_START, jfif, segment(0xe1, exif(1, 'MM')), table, scan, JPEG_END])
    expect(clean('image/jpeg', file)).toEqual(Buffer.concat([JPEG_START, jfif, table, scan, JPEG_END]))
  })

  it('is a WebP that no longer says that metadata follow', () => {
    const look = Buffer.from([0b0001_1100, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    const silent = Buffer.from([0b0001_0000, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    const picture = webpChunk('VP8 ', Buffer.from([1, 2, 3]))
    const file = webp(
      webpChunk('VP8X', look),
      picture,
      webpChunk('EXIF', bytesOf(SECRET)),
      webpChunk('XMP ', bytesOf('x')),
    )
    expect(clean('image/webp', file)).toEqual(webp(webpChunk('VP8X', silent), picture))
  })

  it('is refused when it is cut off or built otherwise', () => {
    expect(clean('image/png', Buffer.concat([PNG_START, header, pixels]))).toBeNull()
    expect(clean('image/jpeg', Buffer.concat([JPEG_START, jfif, bytesOf('no marker')]))).toBeNull()
    expect(clean('image/webp', bytesOf('RIFF\xff\xff\0\0WEBPVP8 abcdefgh'))).toBeNull()
  })

  it('is found or refused for any bytes, and never grows by more than the side that is up', () => {
    const types = fc.constantFrom('image/png', 'image/jpeg', 'image/webp')
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 400 }), (type, noise) => {
        const start = { 'image/png': PNG_START, 'image/jpeg': JPEG_START, 'image/webp': bytesOf('RIFF\x20\0\0\0WEBP') }[
          type
        ]
        const file = Buffer.concat([start, noise])
        const stripped = withoutMetadata(type as 'image/png', file)
        if (stripped) expect(stripped.length).toBeLessThanOrEqual(file.length + 40)
      }),
      { numRuns: 2_000 },
    )
  })
})
