import './chart.css'

const STEP = 9
const BAR = 6
const HEIGHT = 28

interface Props {
  /** One bar each, oldest first. */
  values: number[]
  /** The greatest value of all pictures beside each other, so that they can be compared; at least 1 is taken. */
  max: number
  /** What is seen, in a sentence, for those who do not see it. */
  label: string
}

/** Counts over time as a picture the size of a word: zero-based bars, the latest one marked. */
export function Sparkline({ values, max, label }: Props) {
  const width = values.length * STEP - (STEP - BAR)
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={label}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
    >
      {values.map((value, index) => {
        const height = barHeight(value, max)
        const isLast = index === values.length - 1
        return (
          <rect
            key={index}
            className={value === 0 ? 'none' : isLast ? 'last' : undefined}
            x={index * STEP}
            y={HEIGHT - height}
            width={BAR}
            height={height}
          />
        )
      })}
    </svg>
  )
}

/** Anything above nothing can be seen; nothing is a hairline, so that the quarter shows. */
function barHeight(value: number, max: number): number {
  if (value === 0) return 1
  return Math.max(2.5, Math.round((value / Math.max(max, 1)) * HEIGHT * 10) / 10)
}
