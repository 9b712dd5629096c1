/** Rows of the platform. */
export interface PlatformTables {
  /** One row for each job and time slot; two instances that want the same one collide on its id. */
  jobs: {
    id: string
    /** running, done or failed. */
    state: string
    attempts: number
    started_at: string
    finished_at: string | null
    /** When it may be tried again; of a running one, when it counts as abandoned. */
    retry_at: string | null
    error: string | null
  }
}
