/**
 * A mail that reads alike as text and as HTML: written once, as blocks. The HTML is of tables and a few inline styles,
 * as plain mail programs show them, and loads nothing from anywhere. Pure.
 */
import type { Mail } from './mail.server.ts'

export type MailBlock =
  | { kind: 'paragraph'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'table'; columns: string[]; rows: string[][] }
  | { kind: 'list'; items: { text: string; note?: string; link?: string }[] }
  | { kind: 'link'; text: string; to: string }

/** @param foot why this mail came, and where to change that; below a line, smaller. */
export function mailOf({
  to,
  subject,
  blocks,
  foot,
}: {
  to: string
  subject: string
  blocks: readonly MailBlock[]
  foot: string
}): Mail {
  const text = `${blocks.map(textOf).join('\n\n')}\n\n-- \n${foot}\n`
  return { to, subject, text, html: page(subject, `${blocks.map(htmlOf).join('\n')}\n${footHtml(foot)}`) }
}

/** The HTML of a mail that was written as text alone: its paragraphs, lines and links. */
export function htmlOfText(subject: string, text: string): string {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n{2,}/)
  return page(subject, paragraphs.map(one => `<p style="${PARAGRAPH}">${linesHtml(one)}</p>`).join('\n'))
}

function textOf(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text
    case 'heading':
      return `${block.text}\n${'-'.repeat([...block.text].length)}`
    case 'table':
      return block.rows.map(([first, ...cells]) => `${first}: ${cells.filter(Boolean).join('; ')}`).join('\n')
    case 'list':
      return block.items
        .map(({ text, note, link }) =>
          [`- ${text}`, note && `  ${note}`, link && `  ${link}`].filter(Boolean).join('\n'),
        )
        .join('\n')
    case 'link':
      return `${block.text}: ${block.to}`
  }
}

const INK = '#1d1b16'
const MUTED = '#665f52'
const LINE = '#e4dfd3'
const ACCENT = '#0f5c5c'
const PARAGRAPH = 'margin:0 0 16px'
const CELL = `padding:8px 12px 8px 0;border-bottom:1px solid ${LINE};text-align:left;vertical-align:top`

function htmlOf(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text
        .split(/\n{2,}/)
        .map(one => `<p style="${PARAGRAPH}">${linesHtml(one)}</p>`)
        .join('\n')
    case 'heading':
      return `<h2 style="margin:28px 0 10px;font-size:18px;line-height:1.3">${escaped(block.text)}</h2>`
    case 'table':
      return tableHtml(block)
    case 'list':
      return `<ul style="margin:0 0 16px;padding:0 0 0 20px">${block.items.map(itemHtml).join('')}</ul>`
    case 'link':
      return `<p style="${PARAGRAPH}">${anchor(block.to, block.text)}</p>`
  }
}

function tableHtml({ columns, rows }: Extract<MailBlock, { kind: 'table' }>): string {
  const head = columns.map(column => `<th scope="col" style="${CELL};color:${MUTED}">${escaped(column)}</th>`).join('')
  const body = rows
    .map(row => `<tr>${row.map(cell => `<td style="${CELL}">${linesHtml(cell)}</td>`).join('')}</tr>`)
    .join('')
  return `<table cellpadding="0" cellspacing="0" border="0" width="100%" style="border-collapse:collapse;margin:0 0 20px;font-size:15px"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`
}

function itemHtml({ text, note, link }: { text: string; note?: string; link?: string }): string {
  const name = link ? anchor(link, text) : escaped(text)
  return `<li style="margin:0 0 8px">${name}${note ? `<br><span style="color:${MUTED};font-size:14px">${escaped(note)}</span>` : ''}</li>`
}

function footHtml(foot: string): string {
  return `<p style="margin:28px 0 0;padding:12px 0 0;border-top:1px solid ${LINE};color:${MUTED};font-size:13px">${linesHtml(foot)}</p>`
}

function page(subject: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:0;background:#ffffff">
<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"><tr><td style="padding:24px 16px">
<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%" style="max-width:600px"><tr><td style="font-family:Georgia,serif;font-size:16px;line-height:1.5;color:${INK}">
${content}
</td></tr></table>
</td></tr></table>
</body>
</html>
`
}

/** Lines as they are, their indents too, with addresses of the web as links. */
function linesHtml(text: string): string {
  return text
    .split('\n')
    .map(line => {
      const indent = /^ */.exec(line)![0].length
      return '&nbsp;'.repeat(indent) + linked(line.slice(indent))
    })
    .join('<br>\n')
}

const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]]/g

function linked(line: string): string {
  let [html, done] = ['', 0]
  for (const match of line.matchAll(ADDRESS)) {
    html += escaped(line.slice(done, match.index)) + anchor(match[0], match[0])
    done = match.index + match[0].length
  }
  return html + escaped(line.slice(done))
}

/** A link to a page of the web; what is none is shown as text, whoever wrote it. */
function anchor(to: string, text: string): string {
  if (!/^https?:\/\//i.test(to)) return escaped(text)
  return `<a href="${escaped(to)}" style="color:${ACCENT}">${escaped(text)}</a>`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character]!)
}
