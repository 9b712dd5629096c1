import { describe, expect, it } from 'vitest'
import { BadInput } from '#app/platform/bad-input.ts'
import { understandMarkdown } from '#app/postmortems/understand-markdown.ts'
import type { Understood } from '#app/postmortems/understood.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z')
const read = (text: string, fileName = 'x.md'): Understood => understandMarkdown(text, fileName, { now: NOW })

describe('the title of a document', () => {
  it.each([
    ['# Checkout failed\n\nText.', 'Checkout failed'],
    ['Checkout failed\n===============\n\nText.', 'Checkout failed'],
    ['\n# **Checkout** failed #\n\nText.', 'Checkout failed'],
    ['# Title: Checkout failed\n\nText.', 'Checkout failed'],
    ['# Title:\n### Checkout failed\n\n# Cause\n- x', 'Checkout failed'],
    ['# Title:\nCheckout failed\n\nText.', 'Checkout failed'],
    ['Title: Checkout failed\n\nText.', 'Checkout failed'],
    ['**Title:** Checkout failed\n\nText.', 'Checkout failed'],
    ['---\ntitle: Checkout failed\n---\n# Timeline\n\nText.', 'Checkout failed'],
    ['## Checkout failed\n\nText.\n\n### Impact\n\nBad.', 'Checkout failed'],
    ['# Checkout failed\n\n# Current state\n\nText.\n\n# Impact\n\nBad.', 'Checkout failed'],
  ])('of %j', (text, title) => {
    const { record, notes } = read(text)
    expect(record.title).toBe(title)
    expect(notes.join()).not.toContain('Title taken')
    expect(record.sections.body).not.toContain('Checkout')
  })

  it('is the first sentence where there is none, said so', () => {
    const { record, notes } = read(
      'Internal: https://x.test/1\n\nOn 28 Feb. 2024 the e.g. checkout [failed](https://x.test). It was bad.',
    )
    expect(record.title).toBe('On 28 Feb. 2024 the e.g. checkout failed')
    expect(notes).toContain('Title taken from the first sentence')
    expect(read(`${'word '.repeat(60)}.`).record.title).toBe(`${'word '.repeat(22)}word…`)
  })

  it('is the name of the file in the last resort', () => {
    const { record, notes } = read('```\ncode\n```', 'folder/002-disk_full.md')
    expect(record.title).toBe('Disk full')
    expect(notes).toContain('Title taken from the file name')
    expect(read('', '').record.title).toBe('Untitled')
  })

  it('is cut when it is too long, and the whole heading stays in the text', () => {
    const { record } = read(`# ${'word '.repeat(100)}\n\nText.`)
    expect(record.title.length).toBeLessThanOrEqual(300)
    expect(record.sections.body.startsWith('# word word')).toBe(true)
  })
})

describe('what a document says about itself', () => {
  it('is read from lines at the top; what is not understood stays', () => {
    const { record, notes } = read(
      '# T\n\nAuthor: Tim Beiko, Mario Havel\n\n**Status:** Resolved\n\n**Date:** Mar 12, 2025, 18:00 UTC\n**Severity:** P2\nLead: Ada\n\nText. Date: later.',
    )
    expect(record).toMatchObject({
      authors: ['Tim Beiko', 'Mario Havel'],
      publishedAt: '2025-03-12T18:00:00.000Z',
      severity: 'SEV-2',
      status: 'published',
    })
    expect(record.sections.body).toBe('**Status:** Resolved\n\nLead: Ada\n\nText. Date: later.')
    expect(notes).toContain('Status "Resolved" says how the incident is, not the postmortem: kept in the text')
    expect(notes).toContain('No status given: imported as published')
  })

  it('is read from sections of one line', () => {
    const { record } = read(
      '# T\n\n## Authors\nAda Okafor\n\n## Status\nDraft\n\n## Date\nStart: 2018-08-22\nEnd: 2018-08-23',
    )
    expect(record).toMatchObject({ authors: ['Ada Okafor'], status: 'draft', publishedAt: null })
    expect(record.sections.body).toBe('## Date\nStart: 2018-08-22\nEnd: 2018-08-23')
  })

  it('is kept as text where it is uncertain', () => {
    const { record } = read('# T\n\nDate: January 14-19, 2026\nSeverity: Critical\n\nText.')
    expect(record).toMatchObject({ publishedAt: null, severity: null })
    expect(record.sections.body).toContain('Date: January 14-19, 2026\nSeverity: Critical')
  })

  it('may be guessed from path, file name or title, which is noted; a time never is', () => {
    expect(read('+++\ntitle = "T"\npath = "2018/10/19/update"\n+++\nText.')).toMatchObject({
      record: { publishedAt: '2018-10-19T00:00:00.000Z' },
      notes: expect.arrayContaining(['published_at 2018-10-19 guessed from the path in its front matter']),
    })
    expect(read('# T 2020-08-28\n\nText.', '2020-10-28-overload.md')).toMatchObject({
      record: { publishedAt: '2020-10-28T00:00:00.000Z', startedAt: null },
      notes: expect.arrayContaining(['published_at 2020-10-28 guessed from the file name']),
    })
    expect(read('# Outage of October 15, 2018\n\nText.').record.publishedAt).toBe('2018-10-15T00:00:00.000Z')
    expect(read('# Outage 5-26-21 and 2021-05-26 to 2021-05-27\n').record.publishedAt).toBeNull()
    expect(read('# T\n\nText.', 'PM2019-009 - IP starvation.md')).toMatchObject({
      record: { externalId: 'PM2019-009', publishedAt: null },
      notes: expect.arrayContaining(['external_id PM2019-009 taken from the file name']),
    })
  })
})

describe('front matter', () => {
  it('in YAML gives fields, suggestions for themes, and keeps what it does not know', () => {
    const { record, suggestedThemes, notes } = read(
      '---\ntitle: "Down: all of it"\ndate: 2022-12-13\ndescription: First outage.\nauthor: Esk ([@esk](https://x.test/@esk)), Sofi, and the team\ntags: [DNS, capacity]\nid: 0123\nlinkTitle: Down\nresources:\n- src: "*.png"\n---\n\nText.\n\n## Summary\n\nMore.',
    )
    expect(record).toMatchObject({
      title: 'Down: all of it',
      publishedAt: '2022-12-13T00:00:00.000Z',
      externalId: '0123',
      authors: ['Esk ([@esk](https://x.test/@esk))', 'Sofi', 'the team'],
    })
    expect(suggestedThemes).toEqual([{ word: 'DNS' }, { word: 'capacity' }])
    expect(record.sections.summary).toBe('First outage.')
    expect(record.sections.body).toBe(
      'Text.\n\n## Summary\n\nMore.\n\n## Front matter\n\n- linkTitle: Down\n- resources.1.src: *.png',
    )
    expect(notes).toContain('A second section "Summary" stays in the text')
  })

  it('in the words of the shelf is understood, nested whys and all', () => {
    const { record, notes } = read(`---
title: "A removal command"
status: in review
external_id: public/s3
published_at: 2017-03-02
started_at: 2017-02-28T17:37:00Z
resolved_at: 2017-02-28T21:54:00Z
services: [Amazon S3, Amazon EC2]
themes: [missing-guardrail]
public: true
highlights: [{value: "4 h", label: "without S3"}]
timeline:
  - {at: 2017-02-28T17:37:00Z, marker: started, text: "The command."}
  - {at: "morning, PST", text: "Noticed."}
factors:
  - text: "No limit."
    themes: [missing-guardrail]
    whys:
      - text: "Nobody asked."
        whys: ["It never happened."]
actions:
  - {title: "Add a limit", kind: prevent, state: done, due_on: 2017-04-01}
  - Look again
---
## Impact
Bad.
`)
    expect(record).toMatchObject({
      status: 'in review',
      isPublic: true,
      services: ['Amazon S3', 'Amazon EC2'],
      themes: ['missing-guardrail'],
      highlights: [{ value: '4 h', label: 'without S3' }],
      timeline: [
        { at: '2017-02-28T17:37:00.000Z', atText: null, marker: 'started', text: 'The command.' },
        { at: null, atText: 'morning, PST', marker: null, text: 'Noticed.' },
      ],
      factors: [
        {
          text: 'No limit.',
          themes: ['missing-guardrail'],
          whys: [{ text: 'Nobody asked.', whys: [{ text: 'It never happened.', whys: [] }] }],
        },
      ],
      actions: [
        { title: 'Add a limit', kind: 'prevent', state: 'done', dueOn: '2017-04-01' },
        { title: 'Look again', kind: null, state: 'open', dueOn: null },
      ],
    })
    expect(record.sections.impact).toBe('Bad.')
    expect(notes).toEqual(['published_at 2017-03-02 has no time of day: taken as 00:00 UTC'])
  })

  it.each([
    ['bad YAML', '---\ntitle: [a\n---\n# Real title\n\n## Impact\n\nBad.\n'],
    ['a key given twice', '---\ntitle: a\ntitle: b\n---\n# Real title\n\nText.\n'],
    ['bad TOML', '+++\ntitle = \n+++\n# Real title\n\nText.\n'],
    [
      'too many aliases',
      `---\na: &a [x, x, x]\nb: &b [*a, *a, *a, *a, *a]\nc: [${'*b, '.repeat(30)}x]\n---\n# Real title\n`,
    ],
    ['no end', '---\ntitle: a\n\n# Real title\n\nText.\n'],
  ])('that cannot be read (%s) leaves the whole document as text, said so', (_, text) => {
    const { record, notes } = read(text)
    expect(record.sections.body).toBe(text)
    expect(record.title).toBe('Real title')
    expect(notes[0]).toContain('Front matter could not be read')
  })

  it('is not taken for such where there are only rules', () => {
    expect(read('---\nJust a line\n---\n\n## Impact\n\nBad.').record.sections).toMatchObject({ impact: 'Bad.' })
    expect(read('---\n---\nText.').record.sections.body).toBe('Text.')
  })

  it('cannot smuggle in what may not be stored', () => {
    expect(read('---\ntitle: "a\\0b\\u0007c"\n---\nText.').record.title).toBe('abc')
  })

  it('keeps moments that cannot be true as text', () => {
    const { record, notes } = read(
      '---\ntitle: Vasa\nstarted_at: 1628-08-10T12:00:00Z\ndetected_at: 0001-01-01T00:00:00Z\nresolved_at: 2030-01-01T00:00:00Z\ndate: 1628-08-10\n---\nText.',
    )
    expect(record).toMatchObject({ startedAt: null, detectedAt: null, resolvedAt: null, publishedAt: null })
    expect(record.sections.body).toContain('- started_at: 1628-08-10T12:00:00Z')
    expect(notes).toContain('started_at "1628-08-10T12:00:00Z" left open: it is before 1970')
    expect(notes).toContain('resolved_at "2030-01-01T00:00:00Z" left open: it is in the future')
  })
})

describe('sections', () => {
  it.each([
    ['Summary', 'summary'],
    ['TL;DR', 'summary'],
    ['Issue Summary', 'summary'],
    ['1. Overview', 'summary'],
    ['Impact', 'impact'],
    ['Impact on users', 'impact'],
    ['**Customer impact:**', 'impact'],
    ['What went well?', 'wentWell'],
    ['Things that went well', 'wentWell'],
    ['Where did we get lucky', 'lucky'],
    ['Where we were lucky', 'lucky'],
    ['Lessons Learned', 'lessons'],
    ['Key Takeaways', 'lessons'],
    ['What we learned', 'lessons'],
    ['Remediation', 'prevention'],
    ['How are we preventing it from happening again?', 'prevention'],
    ['How we prevent recurrence', 'prevention'],
    ['Corrective and Preventative Measures', 'prevention'],
    ['Detection', 'detection'],
    ['How we notice it elsewhere', 'detection'],
    ['Company Overview', 'body'],
    ['What happened', 'body'],
    ['What went wrong', 'body'],
    ['Actions taken', 'body'],
  ] as const)('under "%s" are %s', (heading, kind) => {
    const { sections } = read(`# T\n\n## ${heading}\n\nProse here.\n\n### Detail\n\nMore.`).record
    const text = 'Prose here.\n\n### Detail\n\nMore.'
    expect(sections[kind]).toBe(kind === 'body' ? `## ${heading}\n\n${text}` : text)
  })

  it('below others stand for themselves, and what has no name stays where it was', () => {
    const { sections } = read(
      '# T\n\nIntro.\n\n## Lessons\n\nOne.\n\n### What went well\n\nGood.\n\n### What went wrong\n\nBad.\n\n## Other\n\nText.',
    ).record
    expect(sections).toMatchObject({
      lessons: 'One.\n\n### What went wrong\n\nBad.',
      wentWell: 'Good.',
      body: 'Intro.\n\n## Other\n\nText.',
    })
  })

  it('of the same kind a second time stay in the text', () => {
    const { record, notes } = read('# T\n\n## Impact\n\nOne.\n\n## Impact\n\nTwo.')
    expect(record.sections).toMatchObject({ impact: 'One.', body: '## Impact\n\nTwo.' })
    expect(notes).toContain('A second section "Impact" stays in the text')
  })

  it('are recognised by bold lines in a document without headings', () => {
    const { record } = read('**Summary**\n\nText.\n\n**Action items:**\n\n- One\n')
    expect(record).toMatchObject({ sections: { summary: 'Text.', body: '' }, actions: [{ title: 'One' }] })
  })

  it('are not recognised in code', () => {
    const text = '```\n## Impact\n```\n\n~~~md\n# Timeline\n~~~'
    expect(read(`# T\n\n${text}`).record.sections).toMatchObject({ impact: '', body: text })
  })

  it('are read the same with the line ends of Windows', () => {
    const text = '---\ntitle: T\n---\n\n## Timeline\n\n- 2024-03-04 09:12 UTC: x\n\n## Impact\n\nBad.\nWorse.\n'
    expect(read(text.replaceAll('\n', '\r\n')).record).toEqual(read(text).record)
  })

  it('keep the definitions of the links that they use', () => {
    const { sections } = read(
      '# T\n\n## Summary\n\nSee [it][a] and a note[^n].\n\n## Other\n\nText.\n\n[a]: https://x.test/a\n[^n]: A note.',
    ).record
    expect(sections.summary).toBe('See [it][a] and a note[^n].\n\n[a]: https://x.test/a\n[^n]: A note.')
    expect(sections.body).toContain('[a]: https://x.test/a')
  })
})

describe('a document that is too long', () => {
  it('is refused with the field named', () => {
    expect(() => read(`# T\n\n${'x'.repeat(1_000_001)}`)).toThrow(BadInput)
    expect(() => read(`# T\n\n${'x'.repeat(1_000_001)}`)).toThrow(
      'Column body: 1,000,001 characters: at most 1,000,000',
    )
  })
})
