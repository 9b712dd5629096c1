import { describe, expect, it } from 'vitest'
import { understandMarkdown } from '#app/postmortems/understand-markdown.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z')
/** The entries of a timeline as 'moment or time as written | text', and the body that is left. */
function timeline(lines: string, heading = '## Timeline'): { entries: string[]; body: string; notes: string[] } {
  const { record, notes } = understandMarkdown(`# Title\n\n${heading}\n\n${lines}\n`, 'x.md', { now: NOW })
  return {
    entries: record.timeline.map(entry => `${entry.at ?? entry.atText ?? '-'} | ${entry.text}`),
    body: record.sections.body,
    notes,
  }
}

describe('a timeline', () => {
  it('is read from a table, whose header may give the zone', () => {
    expect(
      timeline(
        '| Time (UTC) | Event |\n| :-- | --- |\n| 2024-03-04 09:12 | Alert  |\n| 2024-03-04 14:?? | Scaled \\| out |',
      ),
    ).toMatchObject({
      entries: ['2024-03-04T09:12:00.000Z | Alert', '2024-03-04 14:?? UTC | Scaled | out'],
      body: '',
    })
  })

  it('keeps the other columns of a table with the entry', () => {
    expect(
      timeline('| Date | Time | Who | What |\n|-|-|-|-|\n| 2024-03-04 | 09:12 UTC | Ada | Looked |').entries,
    ).toEqual(['2024-03-04T09:12:00.000Z | Looked (Who: Ada)'])
  })

  it('is read from a list, with code and pictures that belong to an entry', () => {
    expect(
      timeline(
        'All times in UTC.\n\n- **18:53** First\n  and more\n\n```\nlog\n```\n\n - **18:55** Second\n\n![graph](a.png)',
      ).entries,
    ).toEqual(['18:53 UTC | First\nand more\n\n```\nlog\n```', '18:55 UTC | Second\n\n![graph](a.png)'])
  })

  it('is read from a heading for each moment', () => {
    expect(
      timeline('### 5:00 PM\nDeclared\n> quoted\n\n### 5:02 PM\n\n- one\n- two', '## Timeline (times in BST)').entries,
    ).toEqual(['5:00 PM BST | Declared\n> quoted', '5:02 PM BST | - one\n- two'])
  })

  it('is read from headings for days, with lists below', () => {
    expect(
      timeline('### 2020-02-20\n\n- 21:17 UTC: one\n- 21:28 UTC: two\n\n### 2020-02-21\n\n- 09:27 UTC: three').entries,
    ).toEqual(['2020-02-20T21:17:00.000Z | one', '2020-02-20T21:28:00.000Z | two', '2020-02-21T09:27:00.000Z | three'])
  })

  it('is read from paragraphs, with days on lines of their own', () => {
    expect(
      timeline('01-10-2024\n\n7:32 PM - Stalled.\n\n7:38 PM - Noticed\nby monitoring.\n\n01-31-2024 - Fixed.').entries,
    ).toEqual(['01-10-2024 7:32 PM | Stalled.', '01-10-2024 7:38 PM | Noticed\nby monitoring.', '01-31-2024 | Fixed.'])
  })

  it('is read from a block of code where every line begins with a time', () => {
    expect(
      timeline('All times given are in UTC.\n\n```\n2023-06-17 18:05 Block `1`\n2023-06-17 19:10 Reported\n```')
        .entries,
    ).toEqual(['2023-06-17T18:05:00.000Z | Block `1`', '2023-06-17T19:10:00.000Z | Reported'])
  })

  it('keeps a time as written unless date and zone are both stated', () => {
    expect(
      timeline('- 2024-03-04 09:12 no zone\n- 09:13 UTC no date\n- 2024-03-04 09:14 BST two meanings').entries,
    ).toEqual(['2024-03-04 09:12 | no zone', '09:13 UTC | no date', '2024-03-04 09:14 BST | two meanings'])
    expect(timeline('- 2024-03-04 09:12 UTC: x', '## Timeline (all times approximate)')).toMatchObject({
      entries: ['2024-03-04 09:12 UTC | x'],
      body: '*Timeline (all times approximate)*',
    })
  })

  it('stops trusting the day above when times go back past midnight', () => {
    const { entries, notes } = timeline('### 2020-02-20\n\n- 23:58 UTC: late\n- 00:40 UTC: the next day')
    expect(entries).toEqual(['2020-02-20T23:58:00.000Z | late', '00:40 UTC | the next day'])
    expect(notes.join()).toContain('the date is not certain')
  })

  it('may have entries without times', () => {
    expect(timeline('- First this\n- 09:12 then that').entries).toEqual(['- | First this', '09:12 | then that'])
  })

  it('keeps moments before 1970 and in the future as text', () => {
    expect(timeline('- 1628-08-10 12:00 UTC: sails\n- 2030-01-01 12:00 UTC: later').entries).toEqual([
      '1628-08-10 12:00 UTC | sails',
      '2030-01-01 12:00 UTC | later',
    ])
  })

  it.each([
    ['prose among the entries', '- 09:12 one\n\nThen a lot happened.\n\n- 09:13 two'],
    ['a remark that says more', 'All times in UTC, as the clock of the database was wrong.\n\n- 09:12 one'],
    ['a table without a column for time', '| a | b |\n|-|-|\n| c | d |'],
    ['chapters instead of entries', '### May 3, 2024 - One\n\nMuch.\n\nMore.\n\nAnd more.'],
  ])('stays in the text as written when it has %s', (_, lines) => {
    const { entries, body, notes } = timeline(lines)
    expect(entries).toEqual([])
    expect(body).toBe(`## Timeline\n\n${lines}`)
    expect(notes.join()).toContain('"Timeline" stays in the text')
  })
})
