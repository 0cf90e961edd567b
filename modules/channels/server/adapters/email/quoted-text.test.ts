import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitHtmlReply, splitReply } from './quoted-text.ts'

const OWN = 'Спасибо, подходит.\nЖду курьера завтра — до 12:00.'
const OLD = 'Добрый день! Курьер приедет завтра.'

describe('the line above a quote, as mail programs of the world write it', () => {
  test.each([
    'пт, 5 июн. 2026 г. в 14:02, Иван Петров <ivan@client.example>:',
    'пт, 5 черв. 2026 р. о 14:02 Іван Петренко <ivan@client.example> пише:',
    'pt., 5 cze 2026 o 14:02 Jan Kowalski <jan@client.example> napisał(a):',
    'pá 5. 6. 2026 v 14:02 odesílatel Jan Novák <jan@client.example> napsal:',
    'Jan Novák <jan@client.example>, 5 Haz 2026 Cum, 14:02 tarihinde şunu yazdı:',
    '2026年6月5日(金) 14:02 Jan <jan@client.example>:',
    'Jan <jan@client.example> 于2026年6月5日周五 14:02写道：',
    'Jan <jan@client.example> 於 2026年6月5日 週五 下午2:02寫道：',
    '2026년 6월 5일 (금) 오후 2:02, Jan <jan@client.example>님이 작성:',
    'في الجمعة، 5 يونيو 2026 في 2:02 م تمت كتابة ما يلي بواسطة ‪Jan‬‏ <‪jan@client.example‬‏>:',
    '‫בתאריך יום ו׳, 5 ביוני 2026 ב-14:02 מאת ‪Jan‬‏ <‪jan@client.example‬‏>:‬',
    'Στις Παρ 5 Ιουν 2026 στις 2:02 μ.μ., ο χρήστης Jan <jan@client.example> έγραψε:',
    'Jan <jan@client.example> ezt írta (időpont: 2026. jún. 5., P, 14:02):',
    'În vin., 5 iun. 2026 la 14:02, Jan <jan@client.example> a scris:',
    'Vào Th 6, 5 thg 6, 2026 vào lúc 14:02 Jan <jan@client.example> đã viết:',
    'Pada tanggal Jum, 5 Jun 2026 pukul 14.02 Jan <jan@client.example> menulis:',
    'ในวันที่ ศ. 5 มิ.ย. 2026 เวลา 14:02 Jan <jan@client.example> เขียนว่า:',
    'Den fre 5 juni 2026 kl 14:02 skrev Jan <jan@client.example>:',
    'fre. 5. juni 2026 kl. 14:02 skrev Jan <jan@client.example>:',
    'pe 5. kesäk. 2026 klo 14.02 Jan (jan@client.example) kirjoitti:',
    'На пт, 5.06.2026 г. в 14:02 Jan <jan@client.example> написа:',
    'pet, 5. lip 2026. u 14:02 Jan <jan@client.example> napisao je:',
    'Jan <jan@client.example> kirjutas kuupäeval R, 5. juuni 2026 kell 14:02:',
    '2026-06-05, pn, 14:02 Jan <jan@client.example> rašė:',
    'Missatge de Jan <jan@client.example> del dia dv., 5 de juny 2026 a les 14:02:',
    '> 5 июня 2026 г., в 14:02, Иван Петров <ivan@client.example> написал(а):',
    '> Am 05.06.2026 um 14:02 schrieb Jan <jan@client.example>:',
    '05.06.2026 14:02, Иван Петров пишет:',
    'Am 05.06.26 um 14:02 schrieb Jan Novak:',
    'Le 05/06/2026 à 14:02, Jan Novak a écrit :',
    'El 05/06/2026 a las 14:02, Jan Novak escribió:',
    'Il 05/06/26 14:02, Jan Novak ha scritto:',
    'Em 05/06/2026 14:02, Jan Novak escreveu:',
    'Op 05-06-2026 om 14:02 schreef Jan Novak:',
    'W dniu 05.06.2026 o 14:02, Jan Novak pisze:',
    'Dne 05. 06. 26 v 14:02 Jan Novak napsal(a):',
    'Den 2026-06-05 kl. 14:02, skrev Jan Novak:',
    '05.06.2026, 14:02, "Иван Петров" <ivan@client.example>:',
    'Пятница, 5 июня 2026, 14:02 +03:00 от Иван Петров <ivan@client.example>:',
    'Am Freitag, 5. Juni 2026, 14:02:03 MESZ hat Jan <jan@client.example> Folgendes geschrieben:',
    'В пятница, 5 июня 2026 г., 14:02:03 GMT+3, Иван <ivan@client.example> написал(а):',
    'Вы писали 5 июня 2026 г., 14:02:03:',
    'On Friday, June 5th, 2026 at 14:02, Jan <jan@client.example> wrote:',
    'On Fri, Jun 5, 2026 at 2:02 PM Jan Novak via Tickets <\njan-with-a-very-long-address@client.example> wrote:',
    'Le ven. 5 juin 2026 à 14:02, Jan Novak <jan@client.example>\na écrit :',
  ])('%s', (line) => {
    const quote = line.startsWith('>') ? `${line}\n> \n> ${OLD}` : `${line}\n\n> ${OLD}\n>`

    expect(splitReply(`${OWN}\n\n${quote}\n`)).toEqual({ text: OWN, quoted: quote.trimEnd().replaceAll('> \n', '>\n') })
    if (!line.startsWith('>')) expect(splitReply(`${OWN}\n\n${line}\n\n${OLD}`).text).toBe(OWN)
  })
})

describe('the header block that Outlook puts above the quoted mail', () => {
  test.each([
    ['From', 'Sent', 'To', 'Subject'],
    ['От', 'Отправлено', 'Кому', 'Тема'],
    ['От', 'Дата', 'Кому', 'Тема'],
    ['Від', 'Надіслано', 'Кому', 'Тема'],
    ['Von', 'Gesendet', 'An', 'Betreff'],
    ['De', 'Envoyé', 'À', 'Objet'],
    ['De', 'Enviado el', 'Para', 'Asunto'],
    ['De', 'Enviada em', 'Para', 'Assunto'],
    ['Da', 'Inviato', 'A', 'Oggetto'],
    ['Van', 'Verzonden', 'Aan', 'Onderwerp'],
    ['Från', 'Skickat', 'Till', 'Ämne'],
    ['Fra', 'Sendt', 'Til', 'Emne'],
    ['Lähettäjä', 'Lähetetty', 'Vastaanottaja', 'Aihe'],
    ['Od', 'Wysłano', 'Do', 'Temat'],
    ['Od', 'Odesláno', 'Komu', 'Předmět'],
    ['Feladó', 'Elküldve', 'Címzett', 'Tárgy'],
    ['De la', 'Trimis', 'Către', 'Subiect'],
    ['Kimden', 'Gönderildi', 'Kime', 'Konu'],
    ['Από', 'Στάλθηκε', 'Προς', 'Θέμα'],
    ['От', 'Изпратено', 'До', 'Относно'],
    ['Šalje', 'Poslano', 'Prima', 'Predmet'],
    ['Saatja', 'Saadetud', 'Adressaat', 'Teema'],
    ['Từ', 'Đã gửi', 'Đến', 'Chủ đề'],
    ['发件人', '发送时间', '收件人', '主题'],
    ['寄件者', '傳送時間', '收件者', '主旨'],
    ['差出人', '送信日時', '宛先', '件名'],
    ['보낸 사람', '보낸 날짜', '받는 사람', '제목'],
    ['מאת', 'נשלח', 'אל', 'נושא'],
    ['من', 'تاريخ الإرسال', 'إلى', 'الموضوع'],
  ])('%s, %s, %s, %s', (from, sent, to, subject) => {
    const block = [
      `${from}: Jan <jan@client.example>`,
      `${sent}: 5.06.2026 14:02`,
      `${to}: support@example.com`,
      `${subject}: Order`,
    ]
    const bold = block.map((line) => line.replace(/^([^:]+):/, '*$1:*'))

    expect(splitReply(`${OWN}\n\n${block.join('\n')}\n\n${OLD}`).text).toBe(OWN)
    expect(splitReply(`${OWN}\n\n________________________________\n${block.join('\r\n')}\n\n${OLD}`).text).toBe(OWN)
    expect(splitReply(`${OWN}\n\n${bold.join('\n')}\n\n${OLD}`).text).toBe(OWN)
  })
})

describe('what stands under a message', () => {
  test.each([
    'Sent from my iPhone',
    'Sent from Outlook for Android<https://aka.ms/x>',
    'Get Outlook for iOS<https://aka.ms/x>',
    'Отправлено с iPhone',
    'Отправлено из мобильной Яндекс Почты',
    'Отправлено из мобильной Почты Mail.ru',
    'Отправлено с устройства Samsung',
    'Надіслано з iPhone',
    'Von meinem iPhone gesendet',
    'Gesendet von Mail für Windows',
    'Envoyé de mon iPhone',
    'Enviado desde mi iPhone',
    'Enviado do meu iPhone',
    'Inviato da iPhone',
    'Verstuurd vanaf mijn iPhone',
    'Skickat från min iPhone',
    'Sendt fra min iPhone',
    'Lähetetty iPhonesta',
    'Wysłane z iPhone’a',
    'Odesláno z iPhonu',
    "iPhone'umdan gönderildi",
    '发自我的iPhone',
    'iPhoneから送信',
    '나의 iPhone에서 보냄',
    '-- \nИван Петров\nтел. 8 800 000-00-00',
    '--\nИван',
    '—\nИван Петров',
    'С уважением,\nИван Петров\nдиректор ООО «Ромашка»\n+7 495 000-00-00',
    'С уважением, \nотдел закупок',
    'Best regards,\nJan Novak\nPurchasing',
    'Kind Regards\nJan',
    'Mit freundlichen Grüßen\nJan Novak',
    'Bien cordialement,\n\nJan Novak',
    'Saludos cordiales,\nJan',
    'Atenciosamente,\nJan',
    'Cordiali saluti\nJan',
    'Met vriendelijke groet,\nJan',
    'Med vänliga hälsningar\nJan',
    'Pozdrawiam\nJan',
    'З повагою,\nІван',
    'Saygılarımla,\nJan',
    '-Jan Novak',
  ])('%j', (signature) => {
    expect(splitReply(`${OWN}\n\n${signature}\n`)).toEqual({
      text: OWN,
      quoted: signature
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n'),
    })
  })
})

describe('talk that only looks like a quote or a signature stays', () => {
  test.each([
    'On Friday I wrote:\nplease call me back.',
    'Мы договорились так: в пятницу 5 июня 2026 г. вы привозите товар.\nЖдём.',
    'Напишите на почту sales@client.example: там ответят.',
    'Тема: оплата\nНужен счёт.',
    'От: вас ждём ответа.\nСпасибо.',
    'Состав заказа:\n- стол\n- стул\n- Лампа',
    'Вот список:\n-- первое\n-- второе',
    'С уважением отношусь к вашей работе, но заказ опоздал.',
    'Best is the red one.\nPlease send it.',
    'Отправлено с опозданием, прошу разобраться.',
    'Sent from the warehouse on Monday, still not here.',
    'Цена: 100\nСрок: 5 дней\nАдрес: Москва',
    'Date: 5 June\nTime: 14:00\nPlace: your office',
    'Итог\n----\nВсё хорошо.',
    '2 > 1 и 1 < 2',
    'Пишу в 14:02 05.06.2026:\nдверь не закрывается.',
    'Имя: Иван\nE-mail: ivan@client.example\nТелефон: +7 900 000-00-00\nСообщение: перезвоните 5.06.2026',
  ])('%j', (text) => {
    expect(splitReply(text)).toEqual({ text })
  })
})

describe('answers below and between', () => {
  test('an answer below the quote', () => {
    const mail =
      'On Fri, Jun 5, 2026 at 2:02 PM, Jan <jan@client.example> wrote:\n> Shall we?\n> Jan\n\nYes, please.\nTomorrow.\n'

    expect(splitReply(mail)).toEqual({ text: 'Yes, please.\nTomorrow.', quoted: mail.trimEnd() })
  })

  test('answers between quoted questions, with the whole kept for reading', () => {
    const mail = '> One?\n\nYes.\n\n> Two?\n\nNo.\n\n-- \nJan'

    expect(splitReply(mail)).toEqual({ text: 'Yes.\n\nNo.', quoted: mail.replace('-- ', '--') })
  })

  test('a quote that a program wrapped', () => {
    expect(
      splitReply(
        'Yes.\n\nOn 5 Jun 2026, at 14:02, Jan <jan@client.example> wrote:\n\n> a line that was\nwrapped\n> by the way\n',
      ).text,
    ).toBe('Yes.')
  })

  test('initials before the mark, as The Bat! writes them', () => {
    expect(splitReply('Да.\n\nВы писали 5 июня 2026 г., 14:02:03:\n\nИП> Подходит?\nИП> Иван\n').text).toBe('Да.')
  })

  test('a bare forward comes whole', () => {
    const mail =
      '---------- Forwarded message ---------\nFrom: Jan <jan@client.example>\nDate: Fri, 5 Jun 2026 at 14:02\nSubject: x\nTo: a@b.example\n\nLook.'

    expect(splitReply(mail)).toEqual({ text: mail })
    expect(splitReply(`См. ниже\n\n${mail}`)).toEqual({ text: 'См. ниже', quoted: mail })
  })

  test('nothing but a quote comes whole', () => {
    expect(splitReply('> One?\n> Two?')).toEqual({ text: '> One?\n> Two?' })
  })
})

describe('HTML', () => {
  test.each([
    [
      'Gmail',
      '<div dir="ltr">Да</div><br><div class="gmail_quote"><div class="gmail_attr">x</div><blockquote>нет</blockquote></div>',
    ],
    [
      'Outlook on the web',
      '<div>Да</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> x</div><div>нет</div>',
    ],
    [
      'Outlook',
      '<p class=MsoNormal>Да</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>От:</b> x</p></div><p>нет</p>',
    ],
    ['new Outlook', '<div>Да</div><div id="mail-editor-reference-message-container"><div>нет</div></div>'],
    [
      'Apple Mail',
      '<div>Да</div><div><br><blockquote type="cite"><div>On 5 Jun 2026, at 14:02, Jan wrote:</div><div>нет</div></blockquote></div>',
    ],
    [
      'Thunderbird',
      '<p>Да</p><div class="moz-cite-prefix">05.06.2026 14:02, Jan пишет:<br></div><blockquote type="cite">нет</blockquote>',
    ],
    ['Yahoo', '<div>Да</div><div id="yahoo_quoted_1" class="yahoo_quoted">нет</div>'],
    [
      'Yandex',
      '<div>Да</div><div> </div><div>05.06.2026, 14:02, "Jan" &lt;jan@client.example&gt;:</div><blockquote>нет</blockquote>',
    ],
    [
      'Mail.ru',
      '<div>Да</div><blockquote style="border-left:1px solid #0857A6">Пятница, 5 июня 2026, 14:02 +03:00 от Jan &lt;jan@client.example&gt;:<br>нет</blockquote>',
    ],
    ['Proton', '<div>Да</div><div class="protonmail_quote">On Friday wrote:<blockquote>нет</blockquote></div>'],
    ['a signature', '<div>Да</div><div class="gmail_signature">Jan<br>нет</div>'],
    ['an answer below', '<blockquote type="cite">нет</blockquote><p>Да</p>'],
  ])('%s', (_name, html) => {
    expect(splitHtmlReply(html).text).toBe('Да')
  })

  test('becomes readable lines', () => {
    const html =
      '<style>p{}</style><h1>Заказ&nbsp;5</h1><p>Кофе&nbsp;&mdash; 2&#160;кг<br>Чай &lt;зелёный&gt; &eacute;</p><ul><li>раз</li><li>два</li></ul><table><tr><td>a</td><td>b</td></tr></table>'

    expect(splitHtmlReply(html).text).toBe('Заказ 5\n\nКофе — 2 кг\nЧай <зелёный> é\n\n- раз\n- два\n\na b')
  })
})

test('no letter is lost, whatever is written', () => {
  const piece = fc.constantFrom(
    '> a',
    'b',
    '',
    '-- ',
    'On 5 Jun 2026, at 14:02, Jan <j@c.example> wrote:',
    'From: x@y.example',
    'Sent: 5.06.2026',
    'Regards,',
    'Sent from my iPhone',
    '-----Original Message-----',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (lines) => {
      const mail = lines.join('\n')
      const { text, quoted } = splitReply(mail)
      const letters = (value: string) => [...value.replace(/\s/g, '')].sort().join('')

      expect(text === '' && mail.trim() !== '').toBe(false)
      const shown = quoted === undefined ? text : `${text}\n${quoted}`
      for (const line of lines) if (line.trim()) expect(shown).toContain(line.trim())
      if (quoted === undefined) expect(letters(text)).toBe(letters(mail))
    }),
    { numRuns: 500 },
  )
})
