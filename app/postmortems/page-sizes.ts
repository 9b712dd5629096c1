/** Hits on a page of the library. */
export const LIBRARY_PAGE = 20

/** Records on a page of an import's preview. */
export const PREVIEW_PAGE = 50

/** Postmortems on a page of a theme. */
export const POSTMORTEMS_PER_PAGE = 20

/** Comments with their answers on a page. */
export const COMMENT_THREADS_PER_PAGE = 50
/** Drafts, restricted and archived texts on a page. */
export const SET_ASIDE_PAGE = 50
