/** The page is the same for everybody, so its times come in UTC; here they become the reader's own. */

const DAY: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' }

/** A moment to the minute in the reader's zone and the page's language. */
export function moment(at: string, language: string): string {
  return format(at, language, { ...DAY, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })
}

export function localTimes(language: string): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-show]'))
    time.textContent =
      time.dataset.show === 'day' ? format(time.dateTime, language, DAY) : moment(time.dateTime, language)
}

function format(at: string, language: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options).format(new Date(at))
}
