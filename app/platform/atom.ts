/** Atom (RFC 4287) as text: every text is escaped, and what XML cannot hold is left out. */
export interface AtomFeed {
  /** The address of the page that the feed follows; its identity as well. */
  page: string
  /** The feed's own address. */
  self: string
  title: string
  /** ISO 8601. */
  updated: string
  entries: AtomEntry[]
}

export interface AtomEntry {
  url: string
  title: string
  /** ISO 8601. */
  updated: string
  /** HTML. */
  summary: string
  categories: { term: string; label: string }[]
}

export function writeAtom({ page, self, title, updated, entries }: AtomFeed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${xml(page)}</id>`,
    `<title>${xml(title)}</title>`,
    `<updated>${xml(updated)}</updated>`,
    `<author><name>${xml(title)}</name></author>`,
    '<generator>Candor</generator>',
    `<link rel="alternate" href="${xml(page)}"/>`,
    `<link rel="self" href="${xml(self)}"/>`,
    ...entries.map(entryOf),
    '</feed>',
    '',
  ].join('\n')
}

function entryOf({ url, title, updated, summary, categories }: AtomEntry): string {
  return [
    '<entry>',
    `<id>${xml(url)}</id>`,
    `<title>${xml(title)}</title>`,
    `<link href="${xml(url)}"/>`,
    `<updated>${xml(updated)}</updated>`,
    `<summary type="html">${xml(summary)}</summary>`,
    ...categories.map(({ term, label }) => `<category term="${xml(term)}" label="${xml(label)}"/>`),
    '</entry>',
  ].join('\n')
}

const SIGNS: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
}

function xml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replace(/[&<>"\n\t]/g, sign => SIGNS[sign] as string)
}
