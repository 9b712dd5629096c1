/** Hits on a page of the library. */
export const LIBRARY_PAGE = 20

/** Records on a page of an import's preview. */
export const PREVIEW_PAGE = 50
