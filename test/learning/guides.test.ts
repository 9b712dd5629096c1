import type { AppLoadContext } from '@remix-run/node'
import { expect, it } from 'vitest'
import { compileGuide } from '#app/learning/compile-guide.server.ts'
import { splitGuide } from '#app/learning/guide.ts'
import { listGuides, readGuide } from '#app/learning/guides.server.ts'
import { loader as guideLoader } from '#app/learning/routes/guide.tsx'
import { loader as guidesLoader } from '#app/learning/routes/guides.tsx'
import { actor } from '#test/themes/house.ts'

const context = (isSignedIn = true) =>
  ({ site: {}, actor: isSignedIn ? actor('member') : null }) as unknown as AppLoadContext
const ask = (slug: string, isSignedIn = true) => ({
  request: new Request(`http://localhost/guides/${encodeURIComponent(slug)}`),
  params: { slug },
  context: context(isSignedIn),
})

it('lists the guides in their order, with minutes and audience', async () => {
  const { guides } = await guidesLoader(ask(''))
  expect(guides.map(guide => guide.slug).slice(0, 3)).toEqual([
    'blameless-postmortem',
    'postmortem-in-an-hour',
    'review-forum',
  ])
  for (const guide of guides)
    expect(guide).toMatchObject({ minutes: expect.any(Number), audience: expect.stringMatching(/\w/) })
})

it('compiles every guide to HTML without scripts, handlers or inline styles, with an outline that leads somewhere', async () => {
  for (const { slug } of listGuides()) {
    const { text } = await readGuide(slug)
    expect(text.html).not.toMatch(/<script|<style|<iframe|\sstyle=|\son\w+=|javascript:/i)
    expect(text.outline.length).toBeGreaterThan(3)
    for (const { id } of text.outline) expect(text.html).toContain(`<h2 id="${id}">`)
    expect(new Set(text.outline.map(entry => entry.id)).size).toBe(text.outline.length)
  }
})

it('knows the guides before and after', async () => {
  const page = await readGuide('postmortem-in-an-hour')
  expect([page.previous?.slug, page.next?.slug, page.place]).toEqual(['blameless-postmortem', 'review-forum', 2])
  expect((await readGuide('blameless-postmortem')).previous).toBeNull()
})

it('answers 404 for a guide that does not exist, and never leaves its folder', async () => {
  for (const slug of ['no-such', '../instruments', '..', '', '\0', 'blameless-postmortem/'])
    await expect(guideLoader(ask(slug))).rejects.toMatchObject({ status: 404 })
})

it('sends visitors to sign in and back', async () => {
  await expect(guideLoader(ask('review-forum', false))).rejects.toMatchObject({ status: 302 })
})

it('compiles the same text once', () => {
  expect(compileGuide('## A\n\nb')).toBe(compileGuide('## A\n\nb'))
})

it('renders our own parts, tables with classes in place of styles, and tells same headings apart', async () => {
  const { html, outline } = await compileGuide(
    '## A\n\n## A\n\n<Note>\n\nRemember **this**.\n\n</Note>\n\n<Term>Word</Term>\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n',
  )
  expect(outline.map(entry => entry.id)).toEqual(['a', 'a-2'])
  expect(html).toContain('<div class="note" role="note"><p>Remember <strong>this</strong>.</p></div>')
  expect(html).toContain('<dfn>Word</dfn>')
  expect(html).toContain('<td class="n">2</td>')
  expect(html).not.toContain('style=')
})

it('says what cannot be compiled', async () => {
  await expect(compileGuide('<Note>\n\nnever closed')).rejects.toThrow()
  await expect(compileGuide('<Unheard of="x" />')).rejects.toThrow('Unheard')
})

it('keeps line numbers when it takes the front matter off', () => {
  const { frontMatter, text } = splitGuide('---\ntitle: A\norder: 1\n---\n\n## Here\n')
  expect(frontMatter).toBe('title: A\norder: 1')
  expect(text.split('\n').indexOf('## Here')).toBe(5)
})
