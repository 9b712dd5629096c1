/** What people write: Markdown in, safe HTML out. Raw HTML in the text is shown as text's absence, never run. */
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
import { slugify } from './slug.ts'

export interface Rendered {
  html: string
  /** Headings in order, for the outline. */
  headings: { id: string; text: string; depth: number }[]
}

/** Text longer than this is shown as plain text: rendering it would hold up everyone else. */
const RENDER_LIMIT = 400_000

const schema = {
  ...defaultSchema,
  clobberPrefix: 'user-',
  attributes: {
    ...defaultSchema.attributes,
    code: [['className', /^language-[\w+#.-]{1,40}$/] as [string, RegExp]],
  },
}

const cache = new Map<string, Rendered>()
const CACHE_SIZE = 500

/**
 * Renders GitHub-flavoured Markdown: tables, footnotes, task lists, highlighted code.
 * @param prefix makes heading ids unique where several texts share a page.
 */
export function renderMarkdown(text: string, prefix = ''): Rendered {
  const key = createHash('sha256').update(prefix).update('\0').update(text).digest('base64')
  const known = cache.get(key)
  if (known) return known
  const rendered = text.length > RENDER_LIMIT || isHostile(text) ? asPlainText(text) : render(text, prefix)
  cache.set(key, rendered)
  if (cache.size > CACHE_SIZE) cache.delete(cache.keys().next().value as string)
  return rendered
}

/** Nesting and delimiter runs that make the parser's work grow faster than the text: shown as plain text instead. */
function isHostile(text: string): boolean {
  return (
    /^(?:[ \t]*>){60}/m.test(text) ||
    /\[{200}|!?\[(?:!?\[){100}|[*_]{1000}|`{1000}/.test(text) ||
    /^ {0,400}(?:[-*+] ){60}/m.test(text) ||
    count(text, '[') > 20_000 ||
    count(text, '*') + count(text, '_') > 60_000
  )
}

function count(text: string, character: string): number {
  let n = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) n++
  return n
}

function asPlainText(text: string): Rendered {
  const escaped = text.replace(/[&<>]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] as string)
  return { html: `<pre>${escaped}</pre>`, headings: [] }
}

function render(text: string, prefix: string): Rendered {
  const headings: Rendered['headings'] = []
  const html = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { clobberPrefix: '', footnoteLabelTagName: 'h3' })
    .use(rehypeSanitize, schema)
    .use(rehypeHighlight, { detect: false })
    .use(() => (tree: HtmlRoot) => shape(tree, prefix, headings))
    .use(rehypeStringify)
    .processSync(text)
  return { html: String(html), headings }
}

/** Headings get ids and step down below the page's own; tables scroll; foreign images become links. */
function shape(tree: HtmlRoot, prefix: string, headings: Rendered['headings']): void {
  const used = new Set<string>()
  visit(tree, 'element', (node: Element, index, parent) => {
    if (/^h[1-6]$/.test(node.tagName)) {
      const text = textOf(node).trim()
      const depth = Math.max(2, Number(node.tagName[1]))
      node.tagName = `h${depth}`
      if (text && node.properties.id !== 'user-footnote-label') {
        const id = unused(`${prefix}${slugify(text, 60)}`, used)
        node.properties.id = id
        headings.push({ id, text, depth })
      }
    } else if (node.tagName === 'img' && parent && index !== undefined) {
      parent.children[index] = imageInWords(node)
    } else if (node.tagName === 'a' && /^https?:/.test(String(node.properties.href ?? ''))) {
      node.properties.rel = ['noopener', 'noreferrer', 'nofollow']
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
    } else if (node.tagName === 'input') {
      node.properties.ariaLabel = node.properties.checked ? 'done' : 'not done'
    }
  })
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

function unused(id: string, used: Set<string>): string {
  let free = id
  for (let n = 2; used.has(free); n++) free = `${id}-${n}`
  used.add(free)
  return free
}

/** A line of Markdown without the paragraph around it. */
export function renderLine(text: string): string {
  const { html } = renderMarkdown(text)
  const single = /^<p>((?:(?!<p>)[\s\S])*)<\/p>$/.exec(html.trim())
  return single?.[1] ?? html
}

/** Text without its Markdown, for descriptions and feeds: at most `max` characters, cut at a word. */
export function plainText(markdown: string, max: number): string {
  const { html } = renderMarkdown(markdown.slice(0, 20_000))
  const text = html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length <= max ? text : `${text.slice(0, max).replace(/\s+\S*$/, '')}…`
}
