import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { splitFrontMatter } from '#app/postmortems/front-matter.ts'
import { understandFile } from '#app/postmortems/understand-file.ts'

const NESTS = [
  '[',
  '](',
  '![',
  '`',
  '*',
  '**',
  '# ',
  '# x\n',
  '## Timeline\n- ',
  '- ',
  '- a\n',
  '  - a\n',
  '|',
  '|a|b|\n|-|-|\n',
  '> ',
  ' ',
  'a ',
  '<',
  '<!-- candor:',
  '<!-- candor:body -->\n',
  '~~~\n',
  '---\n',
  'x\n---\n',
  '[a]: /b\n',
  '**a:** b\n',
  '10:00 ',
  '10:00\n',
  '10:00-',
  'about 10:00 ',
  '(10:00 ',
  '12:00 UTC: x\n',
  '- [ ] a (done)\n',
  '\r',
  '\0',
]
const BEFORE = ['', '## Timeline\n', '## Action items\n- ', '---\nx: ']
const abuse = '../shared/data/abuse/synthetic-markdown-xss-and-dos.json'

/** The best of two runs, so that a pause of the machine does not count. */
function took(text: string): number {
  const bytes = Buffer.from(text)
  const once = (): number => {
    const start = performance.now()
    understandFile('x.md', bytes, 'markdown')
    return performance.now() - start
  }
  const first = once()
  return first < 500 ? first : Math.min(first, once())
}

/** Four times as much may take four times as long, with room for a slow machine; squared it would be sixteen. */
function expectLinear(unit: string, before: string): void {
  const n = Math.ceil(25_000 / unit.length)
  const short = took(before + unit.repeat(n))
  const long = took(before + unit.repeat(4 * n))
  expect(long, `${JSON.stringify(before)} ${JSON.stringify(unit.slice(0, 40))}`).toBeLessThan(
    Math.max(4_000, 11 * short),
  )
}

describe('a hostile document', () => {
  it.each(BEFORE)('takes time in proportion to its length (after %j)', { timeout: 300_000 }, before => {
    for (const unit of NESTS) expectLinear(unit, before)
  })

  it.skipIf(!existsSync(abuse))('from ../shared/data too (skipped where absent)', { timeout: 300_000 }, () => {
    const inputs: { markdown: string }[] = JSON.parse(readFileSync(abuse, 'utf8'))
    for (const { markdown } of inputs) if (markdown !== '') expectLinear(`${markdown}\n\n`, '')
    const all = inputs.map(({ markdown }) => markdown).join('\n\n')
    expect(took(all.repeat(Math.ceil(950_000 / all.length)).slice(0, 950_000))).toBeLessThan(10_000)
  })

  it('has front matter that is never worth much work', { timeout: 60_000 }, () => {
    const blocks = [
      'a: '.concat('['.repeat(30_000)),
      'a: '.concat('[a,'.repeat(20_000)),
      Array.from({ length: 6_000 }, (_, i) => `k${i}: v`).join('\n'),
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'a: "'.concat('\\u00'.repeat(15_000)),
      '- '.repeat(30_000),
      'k: v\n'.repeat(50_000),
    ]
    for (const block of blocks) {
      const start = performance.now()
      expect(() => splitFrontMatter(`---\n${block}\n---\ntext`)).not.toThrow()
      expect(performance.now() - start).toBeLessThan(4_000)
    }
  })
})
