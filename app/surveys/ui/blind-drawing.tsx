/** One drawing of the whole: two ways to the server that never meet. */
export function BlindDrawing() {
  return (
    <figure className="drawing">
      <section className="scroll" tabIndex={0} aria-label="Drawing">
        <svg viewBox="0 0 720 250" role="img" aria-labelledby="drawing-title drawing-text">
          <title id="drawing-title">Two ways that never meet</title>
          <desc id="drawing-text">
            Signed in, your browser sends a sealed envelope with a ballot in it; the server knows you and stamps the
            envelope without opening it. Your browser takes the ballot out: the stamp has gone through. Days later,
            without an account, the ballot and your answers are sent; the server sees its own stamp and does not know
            you.
          </desc>
          <g className="draw-lines">
            <rect x="20" y="40" width="180" height="170" rx="8" />
            <rect x="520" y="30" width="180" height="80" rx="8" />
            <rect x="520" y="150" width="180" height="80" rx="8" />
            <path d="M206 66 H508 m-10 -6 l10 6 l-10 6" />
            <path d="M514 92 H212 m10 -6 l-10 6 l10 6" />
            <path d="M206 190 H508" className="draw-dashed" />
            <path d="M498 184 l10 6 l-10 6" />
            <path d="M326 48 h54 v34 h-54 z m0 0 l27 19 l27 -19" className="draw-envelope" />
            <path d="M330 172 h46 v34 h-46 z m9 12 h28 m-28 10 h18" className="draw-envelope" />
          </g>
          <g className="draw-words">
            <text x="110" y="30" textAnchor="middle">
              Your browser
            </text>
            <text x="110" y="90" textAnchor="middle">
              1 makes a ballot,
            </text>
            <text x="110" y="110" textAnchor="middle">
              puts it in an envelope
            </text>
            <text x="110" y="140" textAnchor="middle">
              2 takes it out again
            </text>
            <text x="110" y="190" textAnchor="middle">
              3 casts it, days later
            </text>
            <text x="610" y="64" textAnchor="middle">
              knows you,
            </text>
            <text x="610" y="86" textAnchor="middle">
              not the ballot
            </text>
            <text x="610" y="184" textAnchor="middle">
              knows the ballot,
            </text>
            <text x="610" y="206" textAnchor="middle">
              not you
            </text>
            <text x="353" y="38" textAnchor="middle">
              sealed envelope
            </text>
            <text x="353" y="110" textAnchor="middle">
              stamped, unopened
            </text>
            <text x="353" y="162" textAnchor="middle">
              ballot and answers, no cookie
            </text>
          </g>
        </svg>
      </section>
      <figcaption>
        The stamp goes through the envelope onto the ballot, and the envelope is thrown away. Nothing that the server
        kept of the first way is found again on the second.
      </figcaption>
    </figure>
  )
}
