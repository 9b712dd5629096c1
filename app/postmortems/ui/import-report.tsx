interface Report {
  errors: { line: number | null; column: string | null; message: string }[]
  notes: string[]
}

/** What could not be read, and what was guessed, in words. */
export function ImportReportView({ report }: { report: Report }) {
  return (
    <>
      {report.errors.length ? (
        <section>
          <h2>Not taken in</h2>
          <table className="stacks">
            <thead>
              <tr>
                <th>Line</th>
                <th>Column</th>
                <th>Why</th>
              </tr>
            </thead>
            <tbody>
              {report.errors.map((error, index) => (
                <tr key={`${index}${error.message}`}>
                  <td data-label="Line" className="num">
                    {error.line ?? '–'}
                  </td>
                  <td data-label="Column">{error.column ?? '–'}</td>
                  <td>
                    <bdi>{error.message}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {report.notes.length ? (
        <details className="import-notes">
          <summary>
            {report.notes.length} note{report.notes.length === 1 ? '' : 's'} on what was guessed or left out
          </summary>
          <ul>
            {report.notes.map((note, index) => (
              <li key={`${index}${note}`}>
                <bdi>{note}</bdi>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}
