import { textOn } from './colours.ts'

const LIGHT = `
  --surface: #fff; --raised: #f3f5f8; --text: #1a1d23; --soft: #5d6675; --line: #e1e5eb;
  --field-line: #858d9a; --danger: #b3261e; --good: #1f7a45; --shadow: 0 12px 40px rgb(16 24 40 / .18), 0 2px 8px rgb(16 24 40 / .1);`
const DARK = `
  --surface: #1b1e24; --raised: #272b33; --text: #eceff4; --soft: #a3acba; --line: #343943;
  --field-line: #7d8695; --danger: #ff8a80; --good: #6fcf97; --shadow: 0 12px 40px rgb(0 0 0 / .5), 0 2px 8px rgb(0 0 0 / .4);`

/** The whole look of the widget. Pixels, because the host page's root font size is not ours. */
export const styleOf = (accent: string, side: 'left' | 'right'): string => `
:host { all: initial; ${LIGHT} --accent: ${accent}; --on-accent: ${textOn(accent)}; color-scheme: light; }
:host([data-theme=dark]) { ${DARK} color-scheme: dark; }
@media (prefers-color-scheme: dark) { :host([data-theme=auto]) { ${DARK} color-scheme: dark; } }
*, *::before, *::after { box-sizing: border-box; }
.root { font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; color: var(--text); text-align: start; }
button, input, textarea { font: inherit; color: inherit; letter-spacing: inherit; margin: 0; }
button { cursor: pointer; background: none; border: 0; padding: 0; border-radius: 10px; }
svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; flex: none; display: block; }
:focus-visible { outline: 2px solid var(--text); outline-offset: 2px; }
.launcher { position: fixed; ${side}: 20px; bottom: 20px; z-index: 2147483000; width: 58px; height: 58px; border-radius: 50%;
  display: grid; place-items: center; background: var(--accent); color: var(--on-accent); box-shadow: var(--shadow); transition: transform .15s; }
.launcher:hover { transform: scale(1.05); }
.launcher svg { width: 28px; height: 28px; }
.badge { position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px; background: #c62828; color: #fff;
  font-size: 13px; font-weight: 650; line-height: 22px; text-align: center; box-shadow: 0 0 0 2px #fff; }
.peek { position: fixed; ${side}: 20px; bottom: 90px; z-index: 2147483000; width: min(300px, calc(100vw - 40px)); display: flex; background: var(--surface);
  border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow); animation: rise .2s; }
.peek-open { flex: 1; min-width: 0; padding: 12px 4px 12px 14px; text-align: start; }
.peek strong { display: block; font-size: 13px; font-weight: 600; color: var(--soft); }
.peek-text { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; overflow-wrap: anywhere; }
.panel { position: fixed; ${side}: 20px; bottom: 92px; z-index: 2147483001; width: 384px; height: min(640px, calc(100vh - 112px)); max-width: calc(100vw - 40px);
  display: flex; flex-direction: column; overflow: hidden; background: var(--surface); border: 1px solid var(--line); border-radius: 18px;
  box-shadow: var(--shadow); visibility: hidden; opacity: 0; transform: translateY(12px); transition: opacity .16s, transform .16s, visibility .16s; }
/* Visible at once when opening: what is hidden cannot take the focus. */
.panel.open { visibility: visible; opacity: 1; transform: none; transition: opacity .16s, transform .16s; }
.header { display: flex; align-items: center; gap: 12px; padding: 14px 10px 14px 16px; border-bottom: 1px solid var(--line); }
.faces { display: flex; }
.face { width: 36px; height: 36px; border-radius: 50%; display: grid; place-items: center; background: var(--accent); color: var(--on-accent);
  font-weight: 600; font-size: 14px; border: 2px solid var(--surface); }
.face + .face { margin-inline-start: -12px; }
.face svg { width: 20px; height: 20px; }
.who { flex: 1; min-width: 0; }
.title { margin: 0; font-size: 16px; font-weight: 650; line-height: 1.3; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.status { margin: 0; font-size: 13px; line-height: 1.35; color: var(--soft); }
.status .dot { display: inline-block; width: 8px; height: 8px; border-radius: 50%; background: var(--good); margin-inline-end: 6px; }
.tool { width: 40px; height: 40px; display: grid; place-items: center; color: var(--soft); flex: none; }
.tool:hover { background: var(--raised); color: var(--text); }
.tool svg { width: 22px; height: 22px; }
.banner { padding: 8px 16px; font-size: 13px; background: var(--raised); color: var(--text); border-bottom: 1px solid var(--line); }
.log-area { flex: 1; min-height: 0; position: relative; display: flex; }
.jump { position: absolute; inset-inline-end: 14px; bottom: 12px; border-radius: 50%; background: var(--surface); color: var(--text); border: 1px solid var(--line); box-shadow: var(--shadow); }
.scroll { flex: 1; min-width: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px; display: flex; flex-direction: column; scrollbar-width: thin; }
.log { display: flex; flex-direction: column; margin-top: auto; }
.older { align-self: center; padding: 6px 14px; margin-bottom: 12px; font-size: 13px; color: var(--soft); border: 1px solid var(--line); border-radius: 16px; }
.older:hover { color: var(--text); background: var(--raised); }
.day { align-self: center; margin: 12px 0 8px; font-size: 12.5px; color: var(--soft); }
.unread-line { display: flex; align-items: center; gap: 10px; margin: 12px 0 8px; font-size: 12.5px; font-weight: 600; color: var(--text); }
.unread-line::before, .unread-line::after { content: ''; flex: 1; height: 1px; background: var(--line); }
.message { max-width: 84%; margin-top: 3px; display: flex; flex-direction: column; }
.message.first { margin-top: 12px; }
.message.in { align-self: flex-end; align-items: flex-end; }
.message.out { align-self: flex-start; align-items: flex-start; }
.author { font-size: 12.5px; color: var(--soft); margin: 0 12px 3px; }
.bubble { padding: 8px 12px; border-radius: 16px; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 100%; }
.out .bubble { background: var(--raised); border-end-start-radius: 6px; }
.in .bubble { background: var(--accent); color: var(--on-accent); border-end-end-radius: 6px; }
.in .bubble :focus-visible { outline-color: var(--on-accent); }
.bubble a { color: inherit; text-decoration: underline; text-underline-offset: 2px; }
.meta { display: flex; align-items: center; gap: 5px; font-size: 12px; color: var(--soft); margin: 3px 12px 0; font-variant-numeric: tabular-nums; }
.meta svg { width: 14px; height: 14px; stroke-width: 2.2; }
.meta.failed { color: var(--danger); }
.meta button { text-decoration: underline; text-underline-offset: 2px; color: inherit; font-weight: 600; border-radius: 4px; padding: 2px; }
.files { display: flex; flex-direction: column; align-items: flex-start; gap: 4px; margin-top: 4px; max-width: 100%; }
.in .files { align-items: flex-end; }
.files:first-child { margin-top: 0; }
.file { display: flex; align-items: center; gap: 10px; padding: 8px 12px 8px 10px; border: 1px solid var(--line); border-radius: 14px; background: var(--surface);
  color: var(--text); text-decoration: none; max-width: 100%; }
a.file:hover { background: var(--raised); }
.file svg { color: var(--soft); }
.file-name { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 14px; }
.file-size { display: block; font-size: 12px; color: var(--soft); line-height: 1.3; }
.file-text { min-width: 0; }
.picture { display: block; border-radius: 14px; overflow: hidden; border: 1px solid var(--line); max-width: 100%; }
.picture canvas { display: block; max-width: 100%; height: auto; }
.typing { display: flex; align-items: center; gap: 8px; min-height: 22px; margin: 8px 4px 0; font-size: 13px; color: var(--soft); }
.typing:empty { display: none; }
.dots { display: inline-flex; gap: 3px; }
.dots i { width: 5px; height: 5px; border-radius: 50%; background: currentColor; animation: blink 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: .2s; } .dots i:nth-child(3) { animation-delay: .4s; }
.card { margin-top: 14px; padding: 14px; border: 1px solid var(--line); border-radius: 14px; display: flex; flex-direction: column; gap: 10px; }
.card p { margin: 0; }
.card .row { display: flex; gap: 8px; flex-wrap: wrap; }
.card input { flex: 1 1 150px; min-width: 0; height: 40px; padding: 0 12px; border: 1px solid var(--field-line); border-radius: 10px; background: var(--surface); }
.card .error { color: var(--danger); font-size: 13px; margin-top: -4px; }
.card .error:empty { display: none; }
.card a { color: inherit; text-underline-offset: 2px; border-radius: 4px; }
.primary { height: 40px; padding: 0 16px; font-weight: 600; background: var(--accent); color: var(--on-accent); }
.card .row.small { gap: 6px 18px; font-size: 13px; color: var(--soft); }
.plain { color: inherit; text-decoration: underline; text-underline-offset: 2px; border-radius: 4px; }
.note { display: flex; align-items: center; gap: 8px; margin: 12px 4px 0; font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
.note svg { width: 17px; height: 17px; }
.composer { border-top: 1px solid var(--line); padding: 10px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; padding: 0 2px 8px; }
.chips:empty { display: none; }
.chip { display: flex; align-items: center; gap: 4px; max-width: 100%; padding: 2px 2px 2px 10px; border: 1px solid var(--line); border-radius: 10px; font-size: 13px; }
.chip span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chip small { color: var(--soft); font-size: 12px; white-space: nowrap; }
.chip .again { color: var(--danger); text-decoration: underline; font-size: 12px; }
.chip .tool { width: 30px; height: 30px; } .chip .tool svg { width: 15px; height: 15px; }
.problem { padding: 0 4px 8px; font-size: 13px; color: var(--danger); }
.problem:empty { display: none; }
.write { display: flex; align-items: flex-end; gap: 4px; border: 1px solid var(--field-line); border-radius: 16px; padding: 3px; background: var(--surface); }
.write:focus-within { border-color: var(--text); box-shadow: 0 0 0 1px var(--text); }
textarea { flex: 1; min-width: 0; resize: none; border: 0; outline: 0; background: none; padding: 9px 2px; height: 40px; max-height: 140px; line-height: 22px; font-size: 15px; }
textarea:focus-visible { outline: none; }
textarea::placeholder, input::placeholder { color: var(--soft); opacity: 1; }
.send { width: 40px; height: 40px; border-radius: 13px; display: grid; place-items: center; background: var(--accent); color: var(--on-accent); flex: none; }
.send[aria-disabled=true] { background: var(--raised); color: var(--soft); cursor: default; }
.drop { position: absolute; inset: 8px; border: 2px dashed var(--text); border-radius: 14px; background: var(--surface); display: grid; place-items: center;
  font-weight: 600; opacity: .96; pointer-events: none; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
@keyframes blink { 0%, 60%, 100% { opacity: .3 } 30% { opacity: 1 } }
@keyframes rise { from { opacity: 0; transform: translateY(8px) } }
@media (max-width: 480px) {
  .panel { inset: 0; width: 100%; max-width: none; height: 100%; height: 100dvh; border: 0; border-radius: 0; }
  .launcher.open { display: none; }
  textarea, .card input { font-size: 16px; }
  .composer { padding-bottom: max(10px, env(safe-area-inset-bottom)); }
  .launcher { ${side}: 16px; bottom: 16px; }
}
@media print { .root { display: none; } }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .launcher, .send, .bubble, .primary, .face { border: 1px solid; } svg { stroke: CanvasText; } }
`

/** Applied as a constructed sheet: pages whose policy forbids inline styles still show the widget as it is meant. */
export function applyStyle(root: ShadowRoot): (css: string) => void {
  if ('adoptedStyleSheets' in Document.prototype && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet()
    root.adoptedStyleSheets = [sheet]
    return (css) => sheet.replaceSync(css)
  }
  const element = document.createElement('style')
  root.append(element)
  return (css) => {
    element.textContent = css
  }
}
