import type { Exhibit } from '../report.ts'
import { tableOf } from './exhibit-table.ts'
import { madeOnce } from './made-once.ts'
import { escaped } from './svg.ts'

/** An exhibit's figures as a `<table>` element; whatever people wrote in it is escaped. */
export const tableHtml = madeOnce((exhibit: Exhibit): string => {
  const { columns, rows } = tableOf(exhibit)
  const numeric = (at: number) => (columns[at]?.isNumber ? ' class="n"' : '')
  const head = columns.map(({ label }, at) => `<th scope="col"${numeric(at)}>${escaped(label)}</th>`)
  const body = rows.map(([name = '', ...cells]) => {
    const values = cells.map((cell, at) => `<td${numeric(at + 1)}>${escaped(cell)}</td>`)
    return `<tr><th scope="row">${escaped(name)}</th>${values.join('')}</tr>`
  })
  return `<table><caption class="visually-hidden">${escaped(exhibit.title)}</caption><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`
})
