/** JSON as other programs send it. Whole numbers that JavaScript would round are kept, as text. */

/** @throws SyntaxError when the text is not JSON. */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  // Only then: the text is known to be JSON, which the quoting relies on.
  return /\d{16}/.test(text) ? JSON.parse(quoteLongIntegers(text)) : value
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const MINUS = 0x2d

/** The same JSON with quotation marks around every whole number beyond ±(2^53 − 1). */
export function quoteLongIntegers(json: string): string {
  const parts: string[] = []
  let kept = 0
  let at = 0
  while (at < json.length) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) at = endOfString(json, at)
    else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(json, at)
      const number = json.slice(at, end)
      if (/^-?\d{16,}$/.test(number) && !Number.isSafeInteger(Number(number))) {
        parts.push(json.slice(kept, at), '"', number, '"')
        kept = end
      }
      at = end
    } else at++
  }
  return parts.length === 0 ? json : parts.join('') + json.slice(kept)
}

/** One past the closing quotation mark of the string that begins at `at`. */
function endOfString(json: string, at: number): number {
  let next = at + 1
  while (next < json.length && json.charCodeAt(next) !== QUOTE) next += json.charCodeAt(next) === BACKSLASH ? 2 : 1
  return next + 1
}

function endOfNumber(json: string, at: number): number {
  let next = at + 1
  while (next < json.length && /[\d+\-.eE]/.test(json[next]!)) next++
  return next
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
