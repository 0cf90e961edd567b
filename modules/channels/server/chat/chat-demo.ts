import { Buffer } from 'node:buffer'

const TEXTS = {
  ru: {
    title: 'Мебельная мастерская «Дуб и нить»',
    lead: 'Столы, стулья и полки из массива. Делаем под размер и привозим по всей стране.',
    items: [
      ['Стол «Север»', 'Дуб, масло, 180 × 90 см', '48 900 ₽'],
      ['Стул «Лад»', 'Ясень, льняная обивка', '12 400 ₽'],
      ['Полка «Тихая»', 'Орех, скрытый крепёж', '7 900 ₽'],
    ],
    hint: 'Это пробная страница: так чат выглядит на вашем сайте. Откройте его внизу и напишите что-нибудь.',
  },
  en: {
    title: 'Oak & Thread furniture workshop',
    lead: 'Tables, chairs and shelves in solid wood. Made to measure and delivered anywhere in the country.',
    items: [
      ['North table', 'Oak, oiled, 180 × 90 cm', '€ 620'],
      ['Lad chair', 'Ash, linen cover', '€ 160'],
      ['Quiet shelf', 'Walnut, hidden fittings', '€ 95'],
    ],
    hint: 'This is a trial page: the chat looks like this on your site. Open it below and write something.',
  },
} as const

/** A page of an imagined shop that carries the widget, for trying an account out. `visitor` keeps several customers apart in one browser. */
export function demoPage({
  key,
  visitor,
  lang,
}: {
  key: string
  visitor?: string | undefined
  lang: 'ru' | 'en'
}): string {
  const { title, lead, items, hint } = TEXTS[lang]
  const cards = items.map(([name, what, price]) => `<li><h2>${name}</h2><p>${what}</p><strong>${price}</strong></li>`)
  const profile = visitor === undefined ? '' : ` data-profile="${Buffer.from(visitor).toString('base64url')}"`
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/chat-demo.css">
</head>
<body>
<main>
<h1>${title}</h1>
<p class="lead">${lead}</p>
<ul>${cards.join('')}</ul>
<p class="hint">${hint}</p>
</main>
<script async src="/widget.js" data-account="${encodeURIComponent(key)}"${profile}></script>
</body>
</html>
`
}

export const DEMO_STYLE = `
:root { color-scheme: light dark; font: 17px/1.5 Georgia, 'Times New Roman', serif; }
body { margin: 0; background: light-dark(#f7f3ec, #1d1b18); color: light-dark(#2b2622, #ece6dc); }
main { max-width: 60rem; margin: 0 auto; padding: clamp(1.5rem, 6vw, 4rem) 1.25rem 8rem; }
h1 { font-size: clamp(1.7rem, 5vw, 2.6rem); line-height: 1.15; margin: 0 0 .6rem; font-weight: 500; }
.lead { font-size: 1.15rem; max-width: 38rem; margin: 0 0 2.5rem; }
ul { list-style: none; margin: 0 0 2.5rem; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); }
li { background: light-dark(#fff, #2a2723); border-radius: 10px; padding: 1.25rem; box-shadow: 0 1px 3px rgb(0 0 0 / .12); }
h2 { font-size: 1.15rem; margin: 0 0 .25rem; font-weight: 500; }
li p { margin: 0 0 1rem; opacity: .75; }
.hint { font: 14px/1.5 system-ui, sans-serif; opacity: .7; max-width: 34rem; }
`
