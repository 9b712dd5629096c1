/** Whom a series invites. Anybody may join a forum all the same: an invitation is an entry in a calendar. Pure. */
export interface Audience {
  /** The people of these teams and of the teams below them … */
  teamIds: readonly string[]
  /** … and these people. */
  personIds: readonly string[]
}

/** Null invites everybody. */
export function audienceOf({ audience }: { audience: string | null }): Audience | null {
  return audience === null ? null : (JSON.parse(audience) as Audience)
}

/** As it is kept; nobody chosen means everybody. */
export function audienceText({ teamIds, personIds }: Audience): string | null {
  return teamIds.length + personIds.length === 0 ? null : JSON.stringify({ teamIds, personIds })
}

/** 'Payments, Search and 2 more people'. */
export function audienceInWords({ teams, people }: { teams: readonly string[]; people: number }): string {
  const more =
    people === 0
      ? []
      : [`${people === 1 ? 'one' : people}${teams.length > 0 ? ' more' : ''} ${people === 1 ? 'person' : 'people'}`]
  return new Intl.ListFormat('en-GB').format([...teams, ...more])
}
