import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadInput } from '#app/platform/bad-input.ts'
import { CELL_LIMIT, type CsvColumns, type ReadCsv, readCsv, writeCsv } from '#app/platform/csv.ts'
import { splitCsv } from '#app/platform/csv-cells.ts'
import { decodeText } from '#app/platform/decode-text.ts'

const columns: CsvColumns = { required: ['name'], known: ['name', 'email', 'is_engineer'], aliases: { mail: 'email' } }
const values = (read: ReadCsv, column = 'name'): (string | undefined)[] => read.rows.map(row => row.cells[column])
const errors = (read: ReadCsv): string[] => read.errors.map(e => `${e.line} ${e.column ?? '-'} ${e.message}`)

describe('reading CSV', () => {
  it('finds the delimiter, whatever the case, spaces and punctuation of the headers', () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const header = [' E-Mail ', 'NAME', 'Is Engineer?'].join(delimiter)
      const text = `${header}\na@b.c${delimiter}Ada${delimiter}yes\n`
      expect(readCsv(text, columns).rows).toEqual([
        { line: 2, cells: { email: 'a@b.c', name: 'Ada', is_engineer: 'yes' } },
      ])
    }
  })

  it('reads a single column, and headers in quotes', () => {
    expect(values(readCsv('name\nAda\n"Bram, the second"\n', columns))).toEqual(['Ada', 'Bram, the second'])
    expect(values(readCsv('"name";"e;mail"\nAda;x\n', columns))).toEqual(['Ada'])
  })

  it('follows the separator that Excel writes on a line of its own', () => {
    expect(readCsv('sep=;\r\nname;email\r\nAda;a@b.c\r\n', columns).rows).toEqual([
      { line: 3, cells: { name: 'Ada', email: 'a@b.c' } },
    ])
  })

  it('takes LF, CRLF and bare CR as line ends, and keeps those inside quotes as \\n', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const read = readCsv(['name,email', '"Ada', 'Okafor",x', 'Bram,y'].join(end), columns)
      expect(values(read)).toEqual(['Ada\nOkafor', 'Bram'])
      expect(read.rows.map(row => row.line)).toEqual([2, 4])
    }
  })

  it('does not take a bare CR in a cell for a line end where lines end otherwise', () => {
    expect(values(readCsv('name,email\n\r=1+1,x\n', columns))).toEqual(['\n=1+1'])
  })

  it('knows columns by their aliases', () => {
    expect(values(readCsv('name,mail\nAda,a@b.c\n', columns), 'email')).toEqual(['a@b.c'])
  })

  it('ignores unknown columns and says so', () => {
    const read = readCsv('name,salary,notes,\nAda,55000,x,\n', columns)
    expect(read.ignoredColumns).toEqual(['salary', 'notes'])
    expect(read.notes).toEqual(['Columns not imported: salary, notes'])
    expect(read.rows[0]!.cells).toEqual({ name: 'Ada' })
  })

  it.each([
    ['name,email,EMAIL\nA,b,c\n', '1 email the column email is there twice'],
    ['name,email,mail\nA,b,c\n', '1 email the column email is there twice'],
    ['email,is_engineer\na,b\n', '1 name the column name is missing'],
    ['Ada,a@b.c\nBram,b@b.c\n', '1 - the first row is not a header: it names none of the columns name'],
    ['name,"email\nA,b\n', '1 - the header cannot be read: the quote that opens here is never closed'],
  ])('refuses a header such as %j', (text, reason) => {
    const read = readCsv(text, columns)
    expect(read.rows).toEqual([])
    expect(errors(read)).toEqual([expect.stringContaining(reason)])
  })

  it('asks for any one of several columns where any one will do', () => {
    const either: CsvColumns = { required: [['title', 'body']], known: ['title', 'body', 'incident', 'status'] }
    expect(errors(readCsv('body\nx\n', either))).toEqual([])
    expect(errors(readCsv('incident,status\nx,y\n', either))).toEqual(['1 title the column title or body is missing'])
  })

  it.each(['', '\ufeff', '\n \n', ',,,\n,,\n', 'name,email\n', 'name,email\n\n,\n'])('calls %j empty', text => {
    const read = readCsv(text, columns)
    expect(read.rows).toEqual([])
    expect(read.errors).toEqual([])
    expect(read.notes.join()).toContain('empty')
  })

  it('skips blank rows and surplus empty cells', () => {
    const read = readCsv('\n\nname,email,,\n\n   \nAda,x,,,,\n,,,\nBram,y\n', columns)
    expect(values(read)).toEqual(['Ada', 'Bram'])
    expect(read.rows.map(row => row.line)).toEqual([6, 8])
  })

  it('reports rows with too few or too many cells, and reads the others', () => {
    const read = readCsv('name,email\nonly one\nAda,x\nBram,y,z\n', columns)
    expect(values(read)).toEqual(['Ada'])
    expect(errors(read)).toEqual(['2 - 1 cell where the header has 2', '4 - 3 cells where the header has 2'])
  })

  it('reports stray quotes row by row', () => {
    const read = readCsv('name,email\nThe 19" rack,x\n"closed" then more,y\n\\"escaped\\",z\nAda,fine\n', columns)
    expect(values(read)).toEqual(['Ada'])
    expect(errors(read)).toEqual([
      '2 name a quote inside a cell that is not quoted: put the cell in quotes and write the quote twice',
      '3 name text follows the closing quote: write a quote inside a quoted cell twice',
      '4 name a quote inside a cell that is not quoted: put the cell in quotes and write the quote twice',
    ])
  })

  it('names the line on which an unclosed quote began', () => {
    const read = readCsv('name,email\nAda,fine\n"Bram,y\nChen,z\nDana,z\n', columns)
    expect(values(read)).toEqual(['Ada'])
    expect(errors(read)).toEqual([
      '3 name the quote that opens here is never closed: everything after it was read as one cell',
    ])
    const swallowing = readCsv('name,email\n"Bram,y\n"Chen",z\nDana,z\n', columns)
    expect(errors(swallowing)).toEqual([expect.stringContaining('2 name text follows the closing quote on line 3')])
    expect(values(swallowing)).toEqual(['Dana'])
  })

  it('reports cells that are too long, naming the limit', () => {
    const read = readCsv(`name,email\nAda,${'x'.repeat(CELL_LIMIT + 1)}\nBram,${'y'.repeat(CELL_LIMIT)}\n`, columns)
    expect(values(read)).toEqual(['Bram'])
    expect(errors(read)).toEqual(['2 email 100,001 characters; a cell may have at most 100,000'])
  })

  it('takes control characters out and says where', () => {
    const read = readCsv('name,email\nA\0da,\u0007x\n', columns)
    expect(read.rows[0]!.cells).toEqual({ name: 'Ada', email: 'x' })
    expect(read.notes).toEqual([
      'Line 2, column name: 1 NUL character taken out',
      'Line 2, column email: 1 control character taken out',
    ])
  })

  it('takes a header named like something of JavaScript for any other unknown column', () => {
    const read = readCsv('name,__proto__,constructor\nAda,x,y\n', columns)
    expect(read.ignoredColumns).toEqual(['__proto__', 'constructor'])
    expect(read.rows[0]!.cells).toEqual({ name: 'Ada' })
  })

  it('agrees with csv-parse on everything that is well formed', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', ';', 'é', '🦊', "'") })
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), rows => {
        const text = rows.map(row => row.map(value => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n')
        expect(splitCsv(text, ',').map(record => record.cells)).toEqual(parse(text, { relax_column_count: true }))
      }),
    )
  })
})

describe('writing CSV', () => {
  it('keeps a spreadsheet from running what people wrote', () => {
    const text = writeCsv(
      ['name'],
      [
        { name: '=1+1' },
        { name: '+44 20' },
        { name: '-5' },
        { name: '@x' },
        { name: '\t=1' },
        { name: '\r=1' },
        { name: "'=1" },
        { name: '＝1' },
        { name: "it's" },
        { name: -5 },
        { name: null },
      ],
    )
    expect(text.split('\r\n')).toEqual([
      'name',
      `"'=1+1"`,
      `"'+44 20"`,
      `"'-5"`,
      `"'@x"`,
      `"'\t=1"`,
      `"'\r=1"`,
      `"''=1"`,
      '＝1',
      `"it's"`,
      '-5',
      '',
      '',
    ])
  })

  it('gives every cell back exactly when it is read again', () => {
    const text = fc
      .string({
        unit: fc.oneof(
          fc.constantFrom('=', '+', '-', '@', '\t', "'", '"', ',', '\n', ' ', ';'),
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        ),
      })
      .filter(value => !/[\u0000-\u0008\u000b-\u001f]/.test(value))
    const row = fc.record({ name: text.filter(value => value.trim() !== ''), email: text })
    fc.assert(
      fc.property(fc.array(row), rows => {
        const read = readCsv(writeCsv(['name', 'email'], rows), columns)
        expect(read.errors).toEqual([])
        expect(read.rows.map(r => r.cells)).toEqual(rows)
      }),
      { numRuns: 1000 },
    )
  })

  it('changes nothing any more from the second round on, also where a CR became a line end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\r', '\n', '=', "'", 'a', '\t') }), value => {
        const again = (name: string): string =>
          readCsv(writeCsv(['name', 'email'], [{ name, email: 'x' }]), columns).rows[0]!.cells.name!
        const once = again(value)
        expect(again(once)).toBe(once)
        expect(once).toBe(value.replace(/\r\n?/g, '\n'))
      }),
      { numRuns: 1000 },
    )
  })
})

const folder = '../shared/data/csv'
describe.skipIf(!existsSync(folder))('the awkward files of ../shared/data (skipped where absent)', () => {
  const people: CsvColumns = {
    required: ['name', 'email'],
    known: 'name,email,team,manager_email,start_date,is_engineer,leave_from,leave_to,left_on'.split(','),
  }
  const incidents: CsvColumns = {
    required: ['key', 'title'],
    known:
      'key,title,severity,started_at,detected_at,acknowledged_at,mitigated_at,resolved_at,services,incident_commander,detected_by,customer_impact'.split(
        ',',
      ),
  }
  const read = (name: string): ReadCsv => {
    const decoded = decodeText(readFileSync(`${folder}/synthetic-${name}.csv`))
    return readCsv(decoded.text, name.startsWith('people') ? people : incidents)
  }

  it.each([
    ['people-clean', 10],
    ['people-bom-semicolon-crlf', 4],
    ['people-latin1', 4],
    ['people-windows1252-smart-quotes', 2],
    ['people-utf16le-tab-excel', 4],
    ['people-header-case-spaces-reordered', 4],
    ['people-unknown-columns', 4],
    ['people-org-problems', 16],
    ['people-three-date-formats', 8],
    ['people-rtl-emoji-unicode', 11],
    ['people-empty', 0],
    ['people-bom-only', 0],
    ['people-header-only', 0],
    ['people-blank-lines-and-trailing-commas', 2],
    ['people-no-final-newline-cr-only', 3],
    ['incidents-clean', 4],
    ['incidents-mixed-date-formats', 16],
    ['incidents-dst-and-order', 8],
    ['incidents-quoted-newlines-crlf', 10],
    ['incidents-formula-injection', 5],
    ['incidents-emoji-rtl', 5],
    ['incidents-excel-sep-line', 4],
    ['incidents-missing-column', 4],
    ['incidents-2000-rows', 2000],
  ])('%s has %i rows and no error', (name, count) => {
    const { rows, errors } = read(name)
    expect(errors).toEqual([])
    expect(rows).toHaveLength(count)
  })

  it.each([
    ['people-duplicate-header', ['1 email the column email is there twice: which one counts is not clear'], 0],
    ['people-missing-column', ['1 email the column email is missing'], 0],
    ['incidents-no-header', ['1 - the first row is not a header: it names none of the columns key, title'], 0],
    [
      'people-ragged-rows',
      [
        '3 - 5 cells where the header has 9',
        '4 - 11 cells where the header has 9',
        '5 - 1 cell where the header has 9',
      ],
      1,
    ],
    ['incidents-overlong-cell', ['3 customer_impact 120,015 characters; a cell may have at most 100,000'], 3],
    [
      'incidents-unclosed-quote',
      ['3 title the quote that opens here is never closed: everything after it was read as one cell'],
      1,
    ],
  ])('%s is reported', (name, expected, rows) => {
    const result = read(name)
    expect(errors(result)).toEqual(expected)
    expect(result.rows).toHaveLength(rows)
  })

  it('stray quotes are reported on their three lines', () => {
    expect(read('incidents-stray-quotes').errors.map(e => [e.line, e.column])).toEqual([
      [2, 'title'],
      [3, 'title'],
      [4, 'title'],
    ])
  })

  it('a column that this import needs is missed', () => {
    const decoded = decodeText(readFileSync(`${folder}/synthetic-incidents-missing-column.csv`))
    expect(errors(readCsv(decoded.text, { ...incidents, required: ['key', 'started_at'] }))).toEqual([
      '1 started_at the column started_at is missing',
    ])
  })

  it('formulas come in as text', () => {
    const { rows } = read('incidents-formula-injection')
    expect(rows.map(row => row.cells.key)).toEqual(['F-1', 'F-2', 'F-3', '=1+1', 'F-5'])
    expect(rows[1]!.cells).toMatchObject({
      title: "=cmd|' /C calc'!A0",
      customer_impact: '\t=1+1',
      detected_by: '-2+3',
    })
  })

  it('every file is read or refused in words', () => {
    for (const name of readdirSync(folder).filter(file => file.endsWith('.csv'))) {
      try {
        read(name.slice('synthetic-'.length, -'.csv'.length))
      } catch (error) {
        expect(error).toBeInstanceOf(BadInput)
      }
    }
  })
})
