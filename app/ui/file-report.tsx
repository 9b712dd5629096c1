import './file-report.css'

interface Report {
  created: number
  updated: number
  unchanged: number
  rejected: number
  errors: { line: number | null; column: string | null; message: string }[]
  notes: string[]
}

const SHOWN = 200

/** What an import did, or would do: counts, problems by line and column, and what was made of the rest. */
export function FileReport({ report, isDone, fileName }: { report: Report; isDone: boolean; fileName: string }) {
  const { created, updated, unchanged, rejected, errors, notes } = report
  const counts = [
    [created, isDone ? 'added' : 'would be added'],
    [updated, isDone ? 'changed' : 'would change'],
    [unchanged, isDone ? 'were as they are' : 'would stay as they are'],
    [rejected, isDone ? 'left out' : 'cannot be taken'],
  ] as const
  return (
    <section aria-labelledby="report">
      <h2 id="report">
        {isDone ? 'Imported' : 'What the file would do'}: <bdi>{fileName}</bdi>
      </h2>
      <div role="status">
        <ul className="tally">
          {counts.map(([count, words]) => (
            <li key={words}>
              <b className="num">{count.toLocaleString('en-GB')}</b>
              {words}
            </li>
          ))}
        </ul>
      </div>
      {errors.length > 0 ? (
        <>
          <h3>What cannot be read</h3>
          <table className="stacks">
            <thead>
              <tr>
                <th scope="col">Line</th>
                <th scope="col">Column</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {errors.slice(0, SHOWN).map((error, index) => (
                <tr key={`${index} ${error.message}`}>
                  <td data-label="Line">{error.line === null ? 'none' : <span className="num">{error.line}</span>}</td>
                  <td data-label="Column">
                    {error.column ? (
                      <code>{error.column}</code>
                    ) : error.line === null ? (
                      'the whole file'
                    ) : (
                      'the whole row'
                    )}
                  </td>
                  <td>
                    <bdi>{error.message}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <More than={errors.length} />
        </>
      ) : null}
      {notes.length > 0 ? (
        <>
          <h3>Worth knowing</h3>
          <ul>
            {notes.slice(0, SHOWN).map((note, index) => (
              <li key={`${index} ${note}`}>
                <bdi>{note}</bdi>
              </li>
            ))}
          </ul>
          <More than={notes.length} />
        </>
      ) : null}
    </section>
  )
}

function More({ than: count }: { than: number }) {
  return count > SHOWN ? <p className="muted">… and {(count - SHOWN).toLocaleString('en-GB')} more.</p> : null
}
