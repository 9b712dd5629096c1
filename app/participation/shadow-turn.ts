/** A shadow turn: someone who would like to lead goes along with someone who does. What may follow what, and by whom. */
export const TURN_STATES = ['offered', 'agreed', 'done', 'declined', 'withdrawn'] as const
export type TurnState = (typeof TURN_STATES)[number]

/** States that still ask something of somebody. */
export const OPEN_STATES = ['offered', 'agreed'] as const satisfies readonly TurnState[]

export const TURN_ACTS = {
  accept: { from: 'offered', to: 'agreed', by: ['volunteer'] },
  decline: { from: 'offered', to: 'declined', by: ['volunteer'] },
  'take back': { from: 'offered', to: 'withdrawn', by: ['lead'] },
  finish: { from: 'agreed', to: 'done', by: ['volunteer', 'lead'] },
  'call off': { from: 'agreed', to: 'withdrawn', by: ['volunteer', 'lead'] },
} as const satisfies Record<string, { from: TurnState; to: TurnState; by: readonly ('volunteer' | 'lead')[] }>

export type TurnAct = keyof typeof TURN_ACTS

/** What a person on one side can do with a turn in this state. */
export function actsOn(state: string, side: 'volunteer' | 'lead'): TurnAct[] {
  return (Object.keys(TURN_ACTS) as TurnAct[]).filter(
    act => TURN_ACTS[act].from === state && (TURN_ACTS[act].by as readonly string[]).includes(side),
  )
}
