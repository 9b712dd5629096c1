/**
 * What people write: Markdown in, safe HTML out. HTML within it is never run: see raw-html.ts. Text that would take too
 * long to render is shown as it was written.
 */
import { createHash } from 'node:crypto'
import type { Element, ElementContent, Root as HtmlRoot } from 'hast'
import rehypeHighlight from 'rehype-highlight'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { rawHtmlInWords } from './raw-html.ts'
import { slugify } from './slug.ts'
import { withinTime } from './within-time.server.ts'

export interface Rendered {
  html: string
  /** Headings in order, for the outline; those of a text without a prefix have no ids and are not listed. */
  headings: { id: string; text: string; depth: number }[]
}

/** What rendering may still cost; shared by the texts of one page. */
export interface RenderingTime {
  milliseconds: number
}

/** The pictures that a text may show: those that are kept here. */
export interface Pictures {
  /** Differs wherever `find` would answer differently. */
  key: string
  /** @param source as the text has it, such as `attachment:…`. */
  find(source: string): Picture | null
}

export interface Picture {
  address: string
  /** What it shows, where the text does not say. */
  alternative: string
  /** What a browser should not show in place is linked to. */
  isImage: boolean
}

/** A text takes some 6 ms for 1,000 characters; one that is made to hurt is stopped, and so is all that follows it. */
export function renderingTime(milliseconds = 2_500): RenderingTime {
  return { milliseconds }
}

/** Longer texts are not tried. */
const RENDER_LIMIT = 400_000
const MOST_FOR_ONE_TEXT_MS = 1_500

/** Ids and names that come from a text begin with this, so that none of them can stand for something of ours. */
const OWN = 'user-'

const schema = {
  ...defaultSchema,
  clobberPrefix: OWN,
  protocols: { ...defaultSchema.protocols, src: [...(defaultSchema.protocols?.src ?? []), 'attachment'] },
  attributes: {
    ...defaultSchema.attributes,
    code: [['className', /^language-[\w+#.-]{1,40}$/] as [string, RegExp]],
  },
}

const cache = new Map<string, Rendered>()
const CACHE_CHARACTERS = 20_000_000
let cached = 0

/**
 * Renders GitHub-flavoured Markdown: tables, footnotes, task lists, highlighted code.
 * @param prefix makes heading ids unique where several texts share a page.
 * @param pictures those that it may show; of all others their words stand there.
 */
export function renderMarkdown(
  text: string,
  prefix = '',
  time = renderingTime(),
  pictures: Pictures | null = null,
): Rendered {
  if (isPlain(text)) return { html: `<p>${text}</p>`, headings: [] }
  const key = createHash('sha256')
    .update(prefix)
    .update('\0')
    .update(pictures?.key ?? '')
    .update('\0')
    .update(text)
    .digest('base64')
  const known = cache.get(key)
  if (known) return known
  const rendered = renderInTime(text, prefix, time, pictures)
  remember(key, rendered)
  return rendered
}

function renderInTime(text: string, prefix: string, time: RenderingTime, pictures: Pictures | null): Rendered {
  if (text.length > RENDER_LIMIT || time.milliseconds <= 0 || isHostile(text)) return asPlainText(text)
  const start = performance.now()
  const rendered = withinTime(Math.min(MOST_FOR_ONE_TEXT_MS, time.milliseconds), () => render(text, prefix, pictures))
  time.milliseconds -= performance.now() - start
  return rendered ?? asPlainText(text)
}

/** Nesting and runs of delimiters that nobody writes: not worth the time that they would take. */
function isHostile(text: string): boolean {
  return (
    /^(?:[ \t]*>){60}/m.test(text) ||
    /\[{200}|!?\[(?:!?\[){100}|[*_]{1000}|`{1000}/.test(text) ||
    /^ {0,400}(?:[-*+] ){60}/m.test(text)
  )
}

/** The oldest give way. */
function remember(key: string, rendered: Rendered): void {
  cache.set(key, rendered)
  cached += rendered.html.length
  for (const [oldest, { html }] of cache) {
    if (cached <= CACHE_CHARACTERS) return
    cache.delete(oldest)
    cached -= html.length
  }
}

/** One line of words, in which nothing can mean anything else. */
function isPlain(text: string): boolean {
  return text.length < 2_000 && /^[\p{L}(][\p{L}\p{M}\p{N} ,;%()'’“”–—/-]*[.?]?$/u.test(text) && !/ {2}|www/i.test(text)
}

function asPlainText(text: string): Rendered {
  const escaped = text.replace(/[&<>]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] as string)
  return { html: `<pre>${escaped}</pre>`, headings: [] }
}

function render(text: string, prefix: string, pictures: Pictures | null): Rendered {
  const headings: Rendered['headings'] = []
  const html = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(rawHtmlInWords)
    .use(remarkRehype, { clobberPrefix: prefix, footnoteLabelTagName: 'h3' })
    .use(rehypeSanitize, schema)
    .use(rehypeHighlight, { detect: false })
    .use(() => (tree: HtmlRoot) => shape(tree, prefix, headings, pictures))
    .use(rehypeStringify)
    .processSync(text)
  return { html: String(html), headings }
}

/** Headings get ids and step down below the page's own; tables scroll; foreign images become links. */
function shape(tree: HtmlRoot, prefix: string, headings: Rendered['headings'], pictures: Pictures | null): void {
  const used = new Map<string, number>()
  const label = `${OWN}footnote-label`
  const ownLabel = `${OWN}${prefix}footnote-label`
  visit(tree, 'element', (node: Element, index, parent) => {
    // Lines of a page share no prefix, and an id must be there once.
    if (!prefix) delete node.properties.id
    if (/^h[1-6]$/.test(node.tagName)) {
      const text = textOf(node).trim()
      const depth = Math.max(2, Number(node.tagName[1]))
      node.tagName = `h${depth}`
      if (node.properties.id === label) node.properties.id = ownLabel
      else if (text && prefix) {
        const id = unused(`${prefix}${slugify(text, 60)}`, used)
        node.properties.id = id
        headings.push({ id, text, depth })
      }
    } else if (node.tagName === 'img' && parent && index !== undefined) {
      parent.children[index] = pictureOf(node, pictures) ?? imageInWords(node)
    } else if (node.tagName === 'a') {
      if (/^(?:https?:)?\/\//i.test(String(node.properties.href ?? '')))
        node.properties.rel = ['noopener', 'noreferrer', 'nofollow']
      if (!prefix) delete node.properties.ariaDescribedBy
      else if (node.properties.ariaDescribedBy) node.properties.ariaDescribedBy = [ownLabel]
    } else if (node.tagName === 'table' && parent && index !== undefined) {
      parent.children[index] = {
        type: 'element',
        tagName: 'div',
        properties: { className: ['scroll'], tabIndex: 0 },
        children: [node],
      }
    } else if (node.tagName === 'th' && !textOf(node).trim()) {
      // A corner above row names: nothing stands in it that could be a heading.
      node.tagName = 'td'
    } else if (node.tagName === 'pre') {
      node.properties.tabIndex = 0
    } else if (node.tagName === 'code') {
      if (Array.isArray(node.properties.className) && node.properties.className.length === 0)
        delete node.properties.className
    } else if (node.tagName === 'input') {
      node.properties.ariaLabel = node.properties.checked ? 'done' : 'not done'
    }
  })
  const byLetters = new Map(headings.map(({ id, text }) => [lettersOf(text), id] as const).reverse())
  visit(tree, 'element', (node: Element) => {
    const href = node.tagName === 'a' ? String(node.properties.href ?? '') : ''
    if (!href.startsWith('#')) return
    const isFootnote = 'dataFootnoteRef' in node.properties || 'dataFootnoteBackref' in node.properties
    const heading = isFootnote ? undefined : byLetters.get(lettersOf(decoded(href)))
    if (isFootnote) node.properties.href = `#${OWN}${href.slice(1)}`
    else if (heading) node.properties.href = `#${heading}`
  })
}

/** Whoever wrote a link to a heading knew another program's way of making ids: letters and digits are common to all. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    return href
  }
}

/** A picture that is kept here: shown, or linked to where a browser should not show it. */
function pictureOf(node: Element, pictures: Pictures | null): Element | null {
  const found = pictures?.find(String(node.properties.src ?? ''))
  if (!found) return null
  const alt = String(node.properties.alt ?? '').trim() || found.alternative
  if (found.isImage)
    return { type: 'element', tagName: 'img', properties: { src: found.address, alt, loading: 'lazy' }, children: [] }
  return {
    type: 'element',
    tagName: 'a',
    properties: { href: found.address, className: ['picture'] },
    children: [{ type: 'text', value: alt ? `File: ${alt}` : 'File' }],
  }
}

/** Nothing is loaded from elsewhere or from files that were never uploaded: the picture's words stand in for it. */
function imageInWords(node: Element): Element {
  const source = String(node.properties.src ?? '')
  const alt = String(node.properties.alt ?? '').trim()
  const words: ElementContent[] = [{ type: 'text', value: alt ? `Picture: ${alt}` : 'Picture without description' }]
  if (/^https?:\/\//.test(source))
    return {
      type: 'element',
      tagName: 'a',
      properties: { href: source, rel: ['noopener', 'noreferrer', 'nofollow'], className: ['picture'] },
      children: words,
    }
  return { type: 'element', tagName: 'span', properties: { className: ['picture'] }, children: words }
}

function textOf(node: Element): string {
  let text = ''
  visit(node, 'text', child => {
    text += child.value
  })
  return text
}

function unused(id: string, used: Map<string, number>): string {
  let n = used.get(id) ?? 0
  let free: string
  do free = ++n === 1 ? id : `${id}-${n}`
  while (n > 1 && used.has(free))
  used.set(id, n)
  if (free !== id) used.set(free, 1)
  return free
}

/** A line of Markdown without the paragraph around it. */
export function renderLine(text: string, time?: RenderingTime): string {
  const html = renderMarkdown(text, '', time).html.trim()
  const isSingle = html.startsWith('<p>') && html.endsWith('</p>') && !html.includes('<p>', 3)
  return isSingle ? html.slice(3, -4) : html
}
