/** 'Line 7', 'Lines 7, 9', 'Lines 2, 3, 4, 5, 6 and 12 more'. */
export function linesInWords(lines: number[]): string {
  if (lines.length === 1) return `Line ${lines[0]}`
  const some = lines.slice(0, 5).join(', ')
  return lines.length > 5 ? `Lines ${some} and ${lines.length - 5} more` : `Lines ${some}`
}
