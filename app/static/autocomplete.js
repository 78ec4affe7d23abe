/* Turns a <select> into a field to type in. The select stays in the form and holds the answer.
 *
 * The component submits the option chosen before when someone types something else afterwards. So the select
 * follows every keystroke here, what was typed is sent beside it as <name>-text, and the server compares the two.
 */
import './accessible-autocomplete/accessible-autocomplete.min.js'

const LETTERS = { æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', þ: 'th', ı: 'i', ŧ: 't' }

/* The text without what people don’t type alike; the server has the same rule (app/domain/matching.py). */
function fold (text) {
  return text
    .replace(/['`´‘’‛ʼʹʻ′＇]/g, '')
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[-‐‑‒–—―−﹘﹣－]/g, ' ')
    .replace(/&/g, ' and ')
    .replace(/[æœøđðłħþıŧ]/g, (letter) => LETTERS[letter])
    .trim()
    .replace(/\s+/g, ' ')
}

/* Suggestions go into the page as HTML: a name must stay text. */
function asText (name) {
  const element = document.createElement('span')
  element.textContent = name || ''
  return element.innerHTML
}

/* Names that hold every word typed; those that begin with what was typed first. */
function search (names, typed) {
  const wanted = fold(typed)
  const words = wanted.split(' ')
  const found = names.filter(({ folded }) => words.every((word) => folded.includes(word)))
  const begins = found.filter(({ folded }) => folded.startsWith(wanted))
  return [...begins, ...found.filter((name) => !begins.includes(name))].map(({ name }) => name)
}

function describedBy (select) {
  const ids = (select.getAttribute('aria-describedby') || '').split(' ').filter(Boolean)
  return ids.map((id) => document.getElementById(id).textContent.trim().replace(/\s+/g, ' '))
}

function enhance (select) {
  const options = [...select.options].filter((option) => option.value)
  const names = options.map((option) => ({ name: option.text, folded: fold(option.text) }))
  const { typed, placeholder } = select.dataset
  const descriptions = describedBy(select)

  // The option that a text names, letter for letter or as the only one that folds alike; else none.
  function choose (text) {
    const wanted = fold(text)
    const alike = options.filter((option) => wanted && fold(option.text) === wanted)
    const exact = options.find((option) => option.text === text.trim())
    const chosen = exact || (alike.length === 1 ? alike[0] : undefined)
    select.value = chosen ? chosen.value : ''
  }

  if (typed) choose(typed)
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    autoselect: false,
    defaultValue: typed || '',
    displayMenu: 'overlay',
    dropdownArrow: () => '<svg class="autocomplete__dropdown-arrow-down" viewBox="0 0 22 17" width="16" height="12" aria-hidden="true" focusable="false"><path d="M0 0h22L11 17z"/></svg>',
    inputClasses: select.classList.contains('govuk-select--error') ? 'app-autocomplete--error' : null,
    name: `${select.name}-text`,
    // Without a name the field only lost the focus, and what was typed still counts.
    onConfirm: (name) => { if (name) choose(name) },
    placeholder,
    showAllValues: true,
    source: (query, show) => show(search(names, query)),
    templates: { inputValue: (name) => name || '', suggestion: asText },
    tAssistiveHint: () => [...descriptions, 'When results appear, use the up and down arrows to look through them and Enter to choose one. On a touch screen, explore by touch or swipe.'].join('. '),
    tNoResults: () => 'No results found'
  })
  const wrapper = select.previousElementSibling
  wrapper.classList.add('govuk-body', 'app-autocomplete')
  const input = wrapper.querySelector('input')
  input.addEventListener('input', () => choose(input.value))
  // Dictation software changes the field without an event.
  select.form.addEventListener('submit', () => choose(input.value))
  select.tabIndex = -1
  select.setAttribute('aria-hidden', 'true')
}

for (const select of document.querySelectorAll('select[data-app-autocomplete]')) enhance(select)
