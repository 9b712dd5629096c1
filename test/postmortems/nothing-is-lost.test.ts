import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordSchema } from '#app/postmortems/record.ts'
import { understandMarkdown } from '#app/postmortems/understand-markdown.ts'

/** Pieces of documents; each § becomes a word that occurs only once. */
const PIECES = [
  'Prose § and §.',
  'Prose § over\ntwo lines §.',
  '- § item',
  '- § item\n  continued §\n- § second',
  '  - § indented',
  '- § parent\n  - § child\n    - § grandchild',
  '* § star\n\n  second paragraph §',
  '1. § first\n2. § second',
  '1. § first\n- § bullet',
  '- [ ] § to do\n- [x] § ticked',
  '- ~~§ struck~~',
  '- § finished (done)',
  '- 10:00 UTC § happened',
  '- **10:05** § happened',
  '- **10:05 UTC: § happened**',
  '- 2024-03-04 10:10 UTC - § happened',
  '10:15 - § happened',
  '2024-03-04, 03:26pm: § happened\nand went on §',
  '### 10:20 AM\n\n§ text',
  '### 10:25: § title\n- 10:26: § one\n- 10:27: § two',
  '### 2024-03-04',
  '### 2024-03-05\n- 11:00 UTC: § one\n- 10:00 UTC: § earlier',
  '| Time (UTC) | Event |\n|---|---|\n| 2024-03-04 10:30 | § event |\n| later | § event |\n| | § event |',
  '| Time | Who | What |\n|---|---|---|\n| 10:30 | § | § |',
  '| Action | Owner | Due | Status | Prio |\n|---|---|---|---|---|\n| § | § | 2024-03-04 | done | § |\n| § | | soon§ | odd§ | |',
  '| a | b |\n|---|---|\n| § | § |',
  'All times in UTC.',
  '(all times approximate, §)',
  '```\ncode §\n## no heading §\n```',
  '```\n2024-03-04 10:40 § line\n2024-03-04 10:41 § line\n```',
  '    indented code §',
  '> § quote\n> § more',
  '![§ image](§.png)',
  '<details>\n<summary>§</summary>\n\n§ inside\n\n</details>',
  '[a§]: https://example.test/§',
  'See [§][ref] and [ref].',
  '[ref]: https://example.test/§',
  'A note[^n] §.',
  '[^n]: footnote §',
  '---',
  '***',
  'Big §\n=======',
  'Heading §\n-------',
  '## § unknown',
  '#### § deep',
  '# § top',
  '## Summary',
  '## Impact',
  '### Root cause(s)',
  '## Contributing Factors',
  '## Root causes',
  '## Timeline',
  '## Timeline (all times PST)',
  '# Timeline §',
  '## Action items',
  '## Next steps',
  '### Action Items:',
  'Action Items',
  '**Timeline**',
  '## Lessons learned',
  '### What went well',
  '### Where we got lucky',
  '## How will we prevent this?',
  '## Detection',
  '## Authors\n§ Person',
  '## Status\n§ odd',
  '## Date\n2024-03-04',
  'Date: 2024-03-04',
  'Severity: § bad',
  '**Status:** § odd',
  '# Title: §',
  '# Title:\n### § name',
  '',
]

const blocks = fc.array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom('\n', '\n\n', '\n\n\n')), {
  maxLength: 14,
  size: 'max',
})
const frontMatter = fc.constantFrom(
  '',
  '---\ntitle: § title\nodd: §\nlist: [§, §]\n---\n',
  '---\ndate: 2024-03-04\ntags: [§, §]\nnested:\n  deep:\n    deeper: §\n---\n',
  '---\nbad: [§\n---\n',
  '---\nnever closed: §\n',
  '+++\ntitle = "§"\npath = "2024/03/04/§"\n[extra]\nteam = "§"\n+++\n',
  '---\n# §\n---\n',
)

describe('understanding a document', () => {
  it('loses none of its words, whatever the document is made of', () => {
    fc.assert(
      fc.property(frontMatter, blocks, fc.constantFrom('\n', '\r\n'), (front, pieces, end) => {
        const words: string[] = []
        const name = (): string => `word${words.push('')}x`
        const text = (front + pieces.map(([piece, gap]) => piece + gap).join(''))
          .replace(/§/g, name)
          .replaceAll('\n', end)
        const understood = understandMarkdown(text, 'some-file.md')
        expect(recordSchema.safeParse(understood.record).success).toBe(true)
        const record = JSON.stringify([understood.record, understood.suggestedThemes])
        const lost = words.map((_, i) => `word${i + 1}x`).filter(word => !record.includes(word))
        // Comments in front matter are left out, and what a remark says about times is applied.
        const comments =
          /^(?:---|\+\+\+)\r?\n[\s\S]*?\n(?:---|\+\+\+|\.\.\.)(?=\r?\n|$)/.exec(text)?.[0].match(/^#.*$/gm)?.join() ??
          ''
        const unexcused = lost.filter(word => !understood.notes.join().includes(word) && !comments.includes(word))
        expect(unexcused, text).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })
})
