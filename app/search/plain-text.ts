/** Markdown as one line of plain text, for passages. Lightly: what it cannot read it leaves as it is. */

const TAGS = `a abbr b blockquote br code dd del details div dl dt em figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p
  picture pre q s samp script source span strong style sub summary sup svg table tbody td tfoot th thead tr u ul var video`
/** Repetitions are bounded, here and below, so that a hostile text costs no more than a long one. */
const TAG = new RegExp(`</?(?:${TAGS.split(/\s+/).join('|')})(?:\\s[^<>]{0,500})?/?>`, 'gi')

export function plainText(markdown: string): string {
  return markdown
    .replace(/<!--[\s\S]{0,1000}?-->/g, ' ')
    .replace(/^[ \t]{0,20}(?:```|~~~).{0,100}$/gm, ' ')
    .replace(/^[ \t|:-]{3,1000}$/gm, ' ')
    .replace(/!?\[([^[\]]{0,300})\](?:\([^()\s]{0,1000}(?:\s"[^"\n]{0,200}")?\)|\[[^[\]]{0,100}\])/g, '$1')
    .replace(/^\[[^[\]]{1,100}\]:\s.{0,500}$/gm, ' ')
    .replace(/\[\^[^[\]]{1,50}\]/g, ' ')
    .replace(TAG, ' ')
    .replace(/^[ \t]{0,20}(?:#{1,6}|>{1,5}|[-*+]|\d{1,9}[.)])(?=[ \t])(?:[ \t]\[[ xX]\])?/gm, ' ')
    .replace(/\||`{1,3}|\*\*|~~/g, mark => (mark === '|' ? ' ' : ''))
    .replace(/[*_]{1,2}/g, withoutEmphasis)
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Drops asterisks and underscores that open or close emphasis; those within names and sums stay. */
function withoutEmphasis(mark: string, at: number, text: string): string {
  const before = text[at - 1] ?? ' '
  const after = text[at + mark.length] ?? ' '
  const opens = /[\s(]/.test(before) && !/[\s*_]/.test(after)
  const closes = !/[\s*_]/.test(before) && /[\s).,;:!?]/.test(after)
  return opens || closes ? '' : mark
}
