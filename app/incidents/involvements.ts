/** What a role has to do with an activity: the letters of a RACI table, a dash for nothing. */
export const INVOLVEMENTS = ['R', 'A', 'A/R', 'C', 'I', '–'] as const
export type Involvement = (typeof INVOLVEMENTS)[number]

export const INVOLVEMENT_WORDS: Record<Involvement, string> = {
  R: 'responsible: does it',
  A: 'accountable: answers for it',
  'A/R': 'accountable and responsible: answers for it and does it',
  C: 'consulted: is asked before',
  I: 'informed: is told after',
  '–': 'not involved',
}
