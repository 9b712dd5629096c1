/** Markdown as one line of plain text, for passages. Lightly: what it cannot read it leaves as it is. */

/** Repetitions are bounded so that a hostile text costs no more than a long one. */
const TAG =
  /<\/?(?:a|abbr|b|blockquote|br|code|dd|del|details|div|dl|dt|em|figure|h[1-6]|hr|i|img|ins|kbd|li|ol|p|picture|pre|q|s|samp|script|source|span|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|u|ul|var|video)(?:\s[^<>]{0,500})?\/?>/gi

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
    .replace(/(?<=^|[\s(])[*_]{1,2}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,2}(?=[\s).,;:!?]|$)/gm, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}
