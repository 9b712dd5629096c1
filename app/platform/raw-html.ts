/**
 * HTML within Markdown, as words: line breaks and pictures keep their meaning, tags and comments go, their text stays.
 * What only looks like a tag, such as <pod-name>, is text like any other.
 */
import { SKIP, visit } from 'unist-util-visit'

/** As much of a Markdown node (mdast) as is looked at here. */
interface MarkdownNode {
  type: string
  value?: string
  url?: string
  alt?: string
  children?: MarkdownNode[]
}

const TAGS = new Set(
  (
    'a abbr address animate annotation applet area article aside audio b base basefont bdi bdo big blink blockquote body ' +
    'br button canvas caption center circle cite code col colgroup data datalist dd del details dfn dialog dir div dl dt ' +
    'em embed fieldset figcaption figure font footer foreignobject form frame frameset g h1 h2 h3 h4 h5 h6 head header ' +
    'hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee ' +
    'math menu menuitem meta meter mglyph mtext nav nobr noembed noframes noscript object ol optgroup option output p ' +
    'param path picture plaintext pre progress q rb rect rp rt rtc ruby s samp script section select set slot small ' +
    'source span strike strong style sub summary sup svg table tbody td template text textarea tfoot th thead time title ' +
    'tr track tt u ul use var video wbr xmp'
  ).split(' '),
)
const PIECE = /<!--|<\/?([A-Za-z][\w:-]{0,40})(?=[\s/>])[^<>]*>/g

/** A remark plugin. */
export function rawHtmlInWords() {
  return (tree: MarkdownNode): void => {
    visit(tree, (node: MarkdownNode, index: number | undefined, parent: MarkdownNode | undefined) => {
      if (node.type !== 'html' || !parent?.children || index === undefined) return
      const words = inWords(node.value ?? '')
      const isFlow = parent.type !== 'paragraph' && !isPhrasing(parent)
      const isEmpty = words.every(word => word.type === 'text' && word.value?.trim() === '')
      const instead: MarkdownNode[] = isEmpty ? [] : isFlow ? [{ type: 'paragraph', children: words }] : words
      parent.children.splice(index, 1, ...instead)
      return [SKIP, index + instead.length]
    })
  }
}

function isPhrasing(parent: MarkdownNode): boolean {
  return ['heading', 'emphasis', 'strong', 'delete', 'link', 'linkReference', 'tableCell'].includes(parent.type)
}

function inWords(html: string): MarkdownNode[] {
  const words: MarkdownNode[] = []
  let text = ''
  let from = 0
  const flush = () => {
    if (text) words.push({ type: 'text', value: text })
    text = ''
  }
  PIECE.lastIndex = 0
  for (let piece = PIECE.exec(html); piece; piece = PIECE.exec(html)) {
    text += html.slice(from, piece.index)
    from = PIECE.lastIndex
    const name = piece[1]?.toLowerCase()
    if (name === undefined) {
      const end = html.indexOf('-->', from)
      from = end < 0 ? html.length : end + 3
    } else if (name === 'br') {
      flush()
      words.push({ type: 'break' })
    } else if (name === 'img') {
      flush()
      words.push({ type: 'image', url: attribute(piece[0], 'src'), alt: attribute(piece[0], 'alt') })
    } else if ((name === 'script' || name === 'style') && piece[0][1] !== '/') {
      const end = html.toLowerCase().indexOf(`</${name}`, from)
      from = end < 0 ? html.length : end
    } else if (!TAGS.has(name)) text += piece[0]
    PIECE.lastIndex = from
  }
  text += html.slice(from)
  flush()
  return words
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag)
  return value?.[1] ?? value?.[2] ?? value?.[3] ?? ''
}
