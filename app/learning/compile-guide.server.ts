/** MDX of `content/` to finished HTML, here on the server, so that no browser ever evaluates it. */
import type { Element, Root } from 'hast'
import { bundleMDX } from 'mdx-bundler'
import { getMDXComponent } from 'mdx-bundler/client/index.js'
import { createElement, type FunctionComponent } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import remarkGfm from 'remark-gfm'
import { visit } from 'unist-util-visit'
import { sha256 } from '#app/platform/ids.server.ts'
import { slugify } from '#app/platform/slug.ts'
import { guideParts } from './ui/guide-parts.tsx'

export interface GuideText {
  html: string
  /** The headings of the second level. */
  outline: { id: string; text: string }[]
}

const compiled = new Map<string, Promise<GuideText>>()

/**
 * Compiles a guide's text, once for the same text.
 * @throws Error saying what cannot be compiled, with line and column where known.
 */
export function compileGuide(text: string): Promise<GuideText> {
  const key = sha256(text)
  const known = compiled.get(key)
  if (known) return known
  const made = compile(text)
  compiled.set(key, made)
  made.catch(() => compiled.delete(key))
  return made
}

async function compile(text: string): Promise<GuideText> {
  const outline: GuideText['outline'] = []
  const { code } = await bundleMDX({
    source: text,
    // What is wrong is thrown; printing it as well would say it twice.
    esbuildOptions: options => ({ ...options, logLevel: 'silent' }),
    mdxOptions: options => ({
      ...options,
      remarkPlugins: [...(options.remarkPlugins ?? []), remarkGfm],
      rehypePlugins: [...(options.rehypePlugins ?? []), () => (tree: Root) => shape(tree, outline)],
    }),
  })
  const Text = getMDXComponent(code) as FunctionComponent<{ components: object }>
  return { html: renderToStaticMarkup(createElement(Text, { components: guideParts })), outline }
}

/** Headings get ids; the alignment of a column becomes a class, for the page allows no inline styles. */
function shape(tree: Root, outline: GuideText['outline']): void {
  const taken = new Set<string>()
  visit(tree, 'element', node => {
    if (/^h[23]$/.test(node.tagName)) {
      const text = textOf(node)
      const id = unused(slugify(text, 60), taken)
      node.properties.id = id
      if (node.tagName === 'h2') outline.push({ id, text })
    } else if (node.properties.align !== undefined) {
      if (node.properties.align === 'right') node.properties.className = ['n']
      delete node.properties.align
    }
  })
}

function textOf(node: Element): string {
  let text = ''
  visit(node, 'text', child => {
    text += child.value
  })
  return text.trim()
}

function unused(id: string, taken: Set<string>): string {
  let free = id
  for (let n = 2; taken.has(free); n++) free = `${id}-${n}`
  taken.add(free)
  return free
}
