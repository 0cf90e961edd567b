/** Style of the hosted form in the company's accent colour. A file, because the page allows no inline style. */
export const formCss = (accent: string): string => `:root { --accent: ${accent}; color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: transparent; color: #1b1f24; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem; background: #fff; }
h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.3; }
.field { margin: 0 0 1rem; }
label { display: block; margin: 0 0 .25rem; font-weight: 600; }
.required, .note { color: #57606a; font-weight: 400; font-size: .875rem; }
.note { margin: .25rem 0 0; }
input:not([type=checkbox]):not([type=hidden]), select, textarea { width: 100%; padding: .625rem .75rem; border: 1px solid #8c959f; border-radius: 8px; background: #fff; color: inherit; font: inherit; }
textarea { resize: vertical; }
:is(input, select, textarea, button, a):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[aria-invalid=true] { border-color: #b42318 !important; }
.error { margin: .25rem 0 0; color: #b42318; font-size: .875rem; }
.errors { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid #b42318; border-radius: 8px; }
.errors p { margin: 0 0 .25rem; font-weight: 600; }
.errors ul { margin: 0; padding-left: 1.25rem; }
.errors a { color: #b42318; }
.consent { display: grid; grid-template-columns: auto 1fr; gap: .25rem .625rem; align-items: start; }
.consent label { font-weight: 400; font-size: .9375rem; }
.consent input { width: 1.25rem; height: 1.25rem; margin: .125rem 0 0; accent-color: var(--accent); }
.consent .error { grid-column: 2; }
.trap { position: absolute; left: -10000px; width: 1px; height: 1px; overflow: hidden; }
button { padding: .75rem 1.5rem; border: 0; border-radius: 8px; background: var(--accent); color: ${readableOn(accent)}; font: inherit; font-weight: 600; cursor: pointer; }
button:disabled { opacity: .6; cursor: progress; }
.sent { margin: 2rem 0; font-size: 1.125rem; }
@media (prefers-reduced-motion: no-preference) { button { transition: filter .15s; } button:hover { filter: brightness(.94); } }
`

/** Black or white, whichever stands out more. Luminance by WCAG 2.2. */
function readableOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#fff' : '#000'
}

/** Inside the frame: tells the page around how high it is, and takes one click as one. The form works without it. */
export const FORM_JS = `(() => {
  const tell = () => parent !== window && parent.postMessage({ okno: 'form', height: document.documentElement.offsetHeight }, '*')
  new ResizeObserver(tell).observe(document.documentElement)
  tell()
  const form = document.querySelector('form')
  if (form) form.addEventListener('submit', () => { form.querySelector('button').disabled = true })
  window.addEventListener('pageshow', () => { if (form) form.querySelector('button').disabled = false })
  const errors = document.querySelector('.errors')
  if (errors) { errors.tabIndex = -1; errors.focus() }
})()
`

/** On the company's site: puts the form in a frame where the script tag stands and keeps the frame as high as the form. */
export const embedJs = (address: string, title: string): string => `(() => {
  const script = document.currentScript
  const frame = document.createElement('iframe')
  const address = new URL(${scriptString(address)})
  address.searchParams.set('page', location.href.slice(0, 500))
  frame.src = address.href
  frame.title = ${scriptString(title)}
  frame.width = '100%'
  frame.height = '560'
  frame.setAttribute('frameborder', '0')
  addEventListener('message', (event) => {
    if (event.source !== frame.contentWindow || event.origin !== address.origin) return
    if (event.data && event.data.okno === 'form' && event.data.height > 0) frame.height = String(Math.ceil(event.data.height))
  })
  script.after(frame)
})()
`

const scriptString = (text: string): string => JSON.stringify(text).replaceAll('<', '\\u003c')
