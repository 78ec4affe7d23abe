/* Warns five minutes before a sign-in ends, and lets the person stay signed in. Without it they sign in again and
   find their answers where they left them. */
const WARNING_SECONDS = 300
const form = document.querySelector('form[data-app-session]')
const idleSeconds = Number(form.dataset.appSession)
const tabs = new BroadcastChannel('session')
let warning, ending, dialog

function element (tag, classes, text) {
  const made = document.createElement(tag)
  made.className = classes
  made.textContent = text
  return made
}

function build () {
  dialog = element('dialog', 'app-session', '')
  const heading = element('h2', 'govuk-heading-m', 'You will be signed out soon')
  const text = element('p', 'govuk-body', 'You have not done anything for a while. In 5 minutes we will sign you out. ' +
    'What you have saved is kept, but anything you have typed on this page will be lost.')
  const button = element('button', 'govuk-button', 'Stay signed in')
  heading.id = 'session-heading'
  text.id = 'session-text'
  button.type = 'button'
  button.addEventListener('click', stay)
  dialog.setAttribute('aria-labelledby', heading.id)
  dialog.setAttribute('aria-describedby', text.id)
  dialog.addEventListener('cancel', (event) => { event.preventDefault(); stay() })
  dialog.append(heading, text, button)
  document.body.append(dialog)
}

function warn () {
  if (!dialog) build()
  dialog.showModal()
  ending = setTimeout(() => window.location.reload(), WARNING_SECONDS * 1000)
}

async function stay () {
  const answer = await fetch('/session/stay', { method: 'POST', body: new FormData(form) })
  if (answer.status !== 204) return window.location.reload()
  tabs.postMessage('seen')
  seen()
}

function seen () {
  clearTimeout(warning)
  clearTimeout(ending)
  if (dialog && dialog.open) dialog.close()
  warning = setTimeout(warn, Math.max(idleSeconds - WARNING_SECONDS, 1) * 1000)
}

// Another tab that was used keeps the sign-in alive for this one too.
tabs.addEventListener('message', seen)
tabs.postMessage('seen')
seen()
