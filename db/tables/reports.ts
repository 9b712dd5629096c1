/** Rows of the reports room. */
export interface ReportsTables {
  reports: {
    id: string
    /** 2026-Q3; see measure/period.ts. */
    period: string
    first_day: string
    end_day: string
    /** draft or published. A published one may have a draft of its next edition: it is then draft again. */
    state: string
    story: string | null
    story_version: number
    /** A correction looks from the moment of the edition that it corrects; null for a draft that looks from now. */
    as_of: string | null
    /** Why a published report is being corrected; null while it never was published. */
    reason: string | null
    created_at: string
    updated_at: string
  }
  report_commentary: {
    report_id: string
    chapter: string
    text: string
    version: number
    writer_id: string | null
    written_at: string
  }
  report_editions: {
    report_id: string
    number: number
    published_at: string
    publisher_id: string | null
    /** JSON of the room's ReportContent. */
    content: string
    /** JSON of the room's ReportWords. */
    words: string
    /** JSON list of sentences. */
    differences: string
    reason: string
  }
  report_addresses: {
    id: string
    report_id: string
    /** SHA-256 of the secret part of the address, hex. */
    secret_hash: string
    /** JSON list of ids of chapters. */
    chapters: string
    created_at: string
    creator_id: string | null
    revoked_at: string | null
  }
  /** Who gets each report by mail when it is published. */
  report_readers: { person_id: string; since: string }
  report_mails: { report_id: string; number: number; person_id: string; sent_at: string }
  /** week: the Monday, YYYY-MM-DD. */
  digest_mails: { week: string; person_id: string; sent_at: string }
  /** Figures of months that are over, so that people who leave and teams that change do not move history. */
  report_months: {
    month: string
    frozen_at: string
    /** JSON of Figures. */
    figures: string
    /** JSON: the version of each figure's definition. */
    definitions: string
  }
}
