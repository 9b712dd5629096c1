/** Rows of the surveys room. Nothing here holds an answer together with a person, or in a form that a key still opens. */
export interface SurveysTables {
  /** The organisation's own questionnaires. A published version never changes. */
  questionnaires: {
    id: string
    version: number
    /** draft or published. */
    state: string
    /** JSON of a Questionnaire. */
    definition: string
    created_at: string
    updated_at: string
  }
  waves: {
    /** A slug. */
    id: string
    title: string
    /** planned, open, closing, closed, published or abandoned. */
    state: string
    /** JSON of a WavePlan. */
    plan: string
    /** 1 where those who came to something are asked about it, rather than the organisation. */
    asks_attenders: number
    collecting_from: string
    answering_from: string
    closes_at: string
    /** The closing was put off once. */
    extended_at: string | null
    /** JSON of a Questionnaire, from opening on. */
    questionnaire: string | null
    /** JSON of a Charter, from opening on. */
    charter: string | null
    /** SPKI DER in base64url, from opening on. */
    public_key: string | null
    invited: number | null
    /** What is said of collected ballots during the wave: rounded down to fives, changed once a day. */
    collected_shown: number
    collected_shown_on: string | null
    /** From closing on. */
    collected: number | null
    cast_count: number | null
    /** JSON of a Release, from closing on. */
    release: string | null
    opened_at: string | null
    closed_at: string | null
    published_at: string | null
    /** The stewards are done: comments stand in the release, and what may not be published is erased. */
    comments_at: string | null
    abandoned_at: string | null
    abandoned_why: string | null
    /** The wave of the same survey before. */
    previous_id: string | null
    created_at: string
    updated_at: string
  }
  /** Who was invited, and as whom: the group of the charter that they belonged to at opening. */
  wave_invited: { wave_id: string; person_id: string; group_id: string | null }
  /**
   * A placeholder for everybody invited from opening on, of one size and without a time: SHA-256 of the blinded message
   * that was signed, or zeros. Filled in place; gone 30 days after closing.
   */
  wave_ballots: { wave_id: string; person_id: string; shard: number; digest: string }
  /** Cast responses while a wave is open: nothing that is ever published, nothing that can be read without the key file. */
  wave_responses: {
    wave_id: string
    /** HMAC of the serial under a key of the wave's file. */
    tag: string
    /** HMAC of serial and receipts: whether the same comes again. */
    content_tag: string
    sealed: Uint8Array
  }
  wave_bulletin: { wave_id: string; serial: string; prefix: string; signature: string; receipt: string }
  wave_comment_receipts: { wave_id: string; receipt: string }
  wave_comments: {
    /** Random, so that it has no order. */
    id: string
    wave_id: string
    item: string
    /** As shown: with names redacted. */
    text: string
    is_redacted: number
    /** JSON list of themes' ids, given by stewards. */
    themes: string
  }
  /** What the organisation will do about a result. */
  wave_commitments: {
    id: string
    wave_id: string
    /** The question it answers, or null for the whole. */
    item: string | null
    text: string
    action_item_id: string | null
    created_at: string
    created_by: string
  }
}
