/** How many rows a page of each list has. */
export const INCIDENTS_PAGE = 50
export const NEAR_MISSES_PAGE = 20
