/** The frame around every signed-in page: the word, the sections, the account menu, the keys. */
import { Form, Link, NavLink, useLocation } from '@remix-run/react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { ShellData } from './viewer.ts'

export function Shell({ shell, children }: { shell: ShellData; children: ReactNode }) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="bar">
        <div>
          <Link className="word" to="/" aria-label="Candor, front page">
            Candor<i>.</i>
          </Link>
          <nav aria-label="Sections">
            {shell.sections.map(section => (
              <NavLink key={section.to} to={section.to} prefetch="none">
                {section.label}
              </NavLink>
            ))}
          </nav>
          <div className="end">
            <Link className="hide" to="/library">
              Search <kbd>/</kbd>
            </Link>
            <AccountMenu shell={shell} />
          </div>
        </div>
      </header>
      {children}
      <footer className="foot">
        <div>
          <span>
            {shell.organisation}
            {shell.isDemo ? ' · demo data, invented from end to end' : ''}
          </span>
          <Link to="/docs/api">API</Link>
          <span className="hide">
            Keys: <kbd>?</kbd>
          </span>
        </div>
      </footer>
      <Keys />
    </>
  )
}

function AccountMenu({ shell }: { shell: ShellData }) {
  const { viewer } = shell
  const location = useLocation()
  const menu = useRef<HTMLDetailsElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the address changes
  useEffect(() => {
    if (menu.current) menu.current.open = false
  }, [location.key])
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape' || !menu.current?.open) return
      menu.current.open = false
      menu.current.querySelector('summary')?.focus()
    }
    const onPointer = ({ target }: PointerEvent) => {
      if (menu.current?.open && !menu.current.contains(target as Node)) menu.current.open = false
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointerdown', onPointer)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointerdown', onPointer)
    }
  }, [])
  return (
    <details className="menu" ref={menu}>
      <summary>
        <span className="visually-hidden">Account menu of {viewer.name}: </span>
        <span className="disc">{initials(viewer.name)}</span>
      </summary>
      <div className="menu-list">
        <p>
          <bdi>{viewer.name}</bdi>
          <br />
          <span className="muted small">{viewer.role}</span>
        </p>
        <Link to="/me">Your page</Link>
        {viewer.permissions.includes('administer') ? <Link to="/admin">Administration</Link> : null}
        <Form method="post" action="/appearance">
          <input type="hidden" name="to" value={location.pathname + location.search} />
          <button name="theme" value="light">
            Light
          </button>
          <button name="theme" value="dark">
            Dark
          </button>
          <button name="theme" value="system">
            As the system
          </button>
        </Form>
        <Form method="post" action="/sign-out">
          <button>Sign out</button>
        </Form>
      </div>
    </details>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(word => [...(word ?? '')][0] ?? '')
  return letters.join('').toUpperCase()
}

/** `/` focuses search, `?` lists the keys. Neither fires while someone types. */
function Keys() {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const target = event.target as HTMLElement
      if (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)) return
      if (event.key === '/') {
        event.preventDefault()
        const search = document.querySelector<HTMLInputElement>('input[type=search]')
        if (search) search.focus()
        else window.location.assign('/library')
      } else if (event.key === '?') {
        event.preventDefault()
        dialog.current?.showModal()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl className="keys">
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>Search the library</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>This list</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>Close what is open</dd>
      </dl>
      <form method="dialog">
        <button className="btn">Close</button>
      </form>
    </dialog>
  )
}
