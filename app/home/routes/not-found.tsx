import { notFound } from '#app/platform/errors.ts'

export function loader() {
  throw new Response(notFound().message, { status: 404 })
}

export default function NotFound() {
  return null
}
