/* Starts GOV.UK Frontend, and the autocomplete on the pages that have one. Every page works without this. */
import { initAll } from './govuk-frontend/govuk-frontend.min.js'

initAll()

if (document.querySelector('select[data-app-autocomplete]')) {
  import('./autocomplete.js')
}

if (document.querySelector('form[data-app-session]')) {
  import('./session.js')
}

// A page that comes back from the browser’s memory may show answers that have changed since.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) window.location.reload()
})
