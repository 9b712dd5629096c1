/** A severity as a small framed word: colour never stands alone. */
export function Sev({ code }: { code: string }) {
  return <span className={`sev s${code.slice(-1)}`}>{code}</span>
}
