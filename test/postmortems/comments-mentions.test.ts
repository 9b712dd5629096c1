import { describe, expect, it } from 'vitest'
import { mentionsIn, withMentionLinks } from '#app/postmortems/comment-mentions.ts'

const person = (id: string, name: string, email: string) => ({ id, name, email })
const PEOPLE = [
  person('1', 'Ada Okafor', 'ada.okafor@example.org'),
  person('2', 'Ada', 'ada@example.org'),
  person('3', 'Léa Brandt', 'lea@example.org'),
  person('4', 'Sam Li', 'sam@example.org'),
  person('5', 'Sam Li', 'sam.li@example.org'),
]
const idsIn = (text: string) => mentionsIn(text, PEOPLE).map(({ id }) => id)

describe('A name after an @', () => {
  it('means the person of that name, or of that address, in any case', () => {
    expect(idsIn('@Ada Okafor, what of @léa brandt and (@sam)?')).toEqual(['1', '3', '4'])
    expect(idsIn('@ada.okafor.')).toEqual(['1'])
    expect(idsIn('Ask @ADA, she knows. @ada again.')).toEqual(['2'])
  })

  it('means the longest name that stands there', () => {
    expect(idsIn('@Ada Okafors idea')).toEqual(['2'])
    expect(idsIn('@Ada Okafor’s idea')).toEqual(['1'])
    expect(idsIn('@Adas')).toEqual([])
  })

  it('means nobody when two people have it; their addresses tell them apart', () => {
    expect(idsIn('@Sam Li')).toEqual([])
    expect(idsIn('@sam and @sam.li')).toEqual(['4', '5'])
  })

  it('is not looked for within code, addresses and handles of other programs', () => {
    expect(idsIn('`@ada` and\n```\n@ada\n```\nand me@ada.example, https://x.test/@ada')).toEqual([])
  })

  it('is shown as a link to that person, and nothing else changes', () => {
    const text = 'Thanks @Ada Okafor, and not `@ada`, nor @nobody.'
    expect(withMentionLinks(text, PEOPLE)).toBe('Thanks [@Ada Okafor](/people/1), and not `@ada`, nor @nobody.')
  })
})
