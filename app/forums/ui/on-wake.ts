/** Calls back when this page is seen, shown or connected again. @returns how to stop that. */
export function onWake(wake: () => void): () => void {
  const whenSeen = () => {
    if (document.visibilityState === 'visible') wake()
  }
  document.addEventListener('visibilitychange', whenSeen)
  const whenShownAgain = ({ persisted }: PageTransitionEvent) => {
    if (persisted) wake()
  }
  // After the browser had put the page to sleep.
  document.addEventListener('resume', wake)
  window.addEventListener('online', wake)
  window.addEventListener('pageshow', whenShownAgain)
  return () => {
    document.removeEventListener('visibilitychange', whenSeen)
    document.removeEventListener('resume', wake)
    window.removeEventListener('online', wake)
    window.removeEventListener('pageshow', whenShownAgain)
  }
}
