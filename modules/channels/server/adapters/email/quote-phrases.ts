/** What mail programs write around quoted talk and under a message, in the languages they speak. Pure data. */

const list = (words: string): string =>
  words
    .trim()
    .split(/\s*\|\s*/)
    .join('|')

/** End of the line above a quote: "… wrote:". */
export const WROTE = new RegExp(
  `(?:^|[\\s>)"'”»,;])(?:${list(`
    wrote | writes | said | has written | schrieb | schrieb am | hat geschrieben | a écrit | a ecrit | écrit | escribió | escribio | escreveu |
    ha scritto | scrive | написал | написала | написал\\(а\\) | написала\\(а\\) | пишет | писал | писала | писал\\(а\\) | сообщил | сообщает |
    написав | написала | пише | піша | напісаў | napisał | napisała | napisał\\(a\\) | pisze | napisal | napísal | napsal | napsal\\(a\\) | napsala |
    schreef | schreef op | het volgende geschreven | skrev | skrev følgende | kirjoitti | írta | ezt írta | írta ekkor | a scris | scrie |
    yazdı | şunu yazdı | şunları yazdı | tarihinde yazdı | έγραψε | wrote the following | je napisao | je napisala | je napisal/a | je pisal | je napisal |
    je písal | написа | рашэ | kirjutas | rakstīja | parašė | rašė | skrifaði | viết | đã viết | menulis | tulis | يكتب | كتب | כתב | כתב/ה |
    نوشت | 写道 | 寫道 | 寫下 | 写 | のメール | さんは書きました | は書きました | 작성 | 님이 작성 | 님이 씀 | เขียน | va escriure | idatzi du | escribiu | ja escreveu
  `)})(?:\\s*[:：﹕].{0,3}|\\s*\\.{3}|\\s*)$`,
  'iu',
)

/** "You wrote on 5 June 2026, 14:02:", in the way of The Bat! and of mail lists. */
export const YOU_WROTE =
  /^(?:вы писали|вы написали|ты писал[а]?|ви писали|you wrote|sie schrieben|vous écriviez|usted escribió|pan napisał)\s.{0,100}[:：]$/iu

/** Verb in the middle, name at the end: "Op 12 december 2016 schreef Jan <jan@…>:", "2012-04-02 skrev Test user". */
export const WROTE_NAME = new RegExp(
  `\\s(?:${list(`schreef | skrev | schrieb | wrote | napisał | napisał\\(a\\) | пишет | написал | написала | a écrit | escribió | kirjoitti | ezt írta | írta | napsal | yazdı | viết`)})\\s.{1,200}[:：]\\s*$`,
  'iu',
)

/** "On", "Le", "El", "Am" … and weekday names start most of those lines; used where there is no address to go by. */
export const ATTRIBUTION_START = new RegExp(
  `^(?:${list(`on | le | el | am | em | il | op | den | den\\s | в | at | dnia | w dniu | kl | pada | vào | in data | dne | dňa | på | il giorno | a | no dia | a data | της | στις | ngày | za | u | u dan | z dnia | pe | ma | ti | ke | to | la | su | 在 | 于 | ב | في`)})[\\s,.]`,
  'iu',
)

/** Between rows of dashes: "----- Original Message -----". */
export const ORIGINAL_MESSAGE = new RegExp(
  `^(?:${list(`
    original message | original appointment | reply message | reply above this line | forwarded message | begin forwarded message | forwarded by .{1,80} | forwarded mail |
    исходное сообщение | пересылаемое сообщение | пересланное сообщение | пересылаемое письмо | перенаправленное сообщение | исходное письмо | начало переадресованного сообщения | начало пересылаемого сообщения | конец пересылаемого сообщения |
    вихідне повідомлення | оригінальне повідомлення | переслане повідомлення | арыгінальнае паведамленне |
    ursprüngliche nachricht | urspr\\. nachricht | originalnachricht | original-nachricht | weitergeleitete nachricht | anfang der weitergeleiteten nachricht |
    message d['’]origine | message original | message transféré | message transmis | courriel original | début du message réexpédié |
    mensaje original | mensaje reenviado | mensagem original | mensagem encaminhada | messaggio originale | messaggio inoltrato | inizio messaggio inoltrato |
    oorspronkelijk bericht | doorgestuurd bericht | origineel bericht | begin doorgestuurd bericht | ursprungligt meddelande | originalmeddelande | vidarebefordrat meddelande | vidarebefordrat brev |
    oprindelig besked | oprindelig meddelelse | videresendt besked | videresendt meddelelse | opprinnelig melding | opprinnelig e-post | videresendt melding | alkuperäinen viesti | välitetty viesti |
    wiadomość oryginalna | oryginalna wiadomość | wiadomość przekazana | przekazana wiadomość | treść przekazanej wiadomości | původní zpráva | přeposlaná zpráva | pôvodná správa | preposlaná správa | eredeti üzenet | továbbított üzenet |
    mesaj original | mesajul original | mesaj redirecționat | orijinal mesaj | özgün ileti | i̇letilen ileti | yönlendirilen mesaj | αρχικό μήνυμα | προωθημένο μήνυμα | оригинално съобщение | препратено съобщение | оригинална порука |
    izvorna poruka | originalna poruka | proslijeđena poruka | izvirno sporočilo | posredovano sporočilo | algne kiri | sākotnējais ziņojums | pradinis laiškas | tin nhắn gốc | thư gốc | pesan asli | הודעה מקורית | الرسالة الأصلية | پیام اصلی |
    原始邮件 | 原始郵件 | 邮件原件 | 转发的邮件 | 轉寄郵件 | 元のメッセージ | 転送メッセージ | 원본 메시지 | 원본 메일 | 전달된 메시지 | ข้อความต้นฉบับ
  `)})\\s*:?$`,
  'iu',
)

const LABELS_FROM = `from | от | від | ад | von | de | da | van | från | fra | lähettäjä | od | wysłane przez | feladó | de la | expéditeur | exp | kimden | gönderen | από | nga | saatja | no | nuo | từ | dari | מאת | من | از | 发件人 | 寄件者 | 寄件人 | 差出人 | 送信元 | 보낸 사람 | 보낸사람 | remitente | mittente | avsender | avsändare | afsender | absender | nadawca | odesílatel | отправитель | від кого | от кого | reply-to | จาก | šalje | pošiljatelj | المرسل | expeditor`
const LABELS_OTHER = `
  sent | date | to | cc | bcc | subject | message-id | importance | attachments | sent at | дата | отправлено | послано | кому | копия | тема | важность | вложения | когда | время | відправлено | надіслано | дата відправлення | gesendet | datum | an | betreff | cc\\.? | kopie | wichtigkeit | anlagen |
  envoyé | envoyé le | date d['’]envoi | envoye | à | a | objet | sujet | copie à | pièces jointes | enviado | enviado el | enviada | enviada em | enviado em | fecha | data | para | asunto | assunto | inviato | data invio | oggetto | per |
  verzonden | aan | onderwerp | verstuurd | skickat | skickades | till | ämne | sendt | dato | til | emne | lähetetty | päivämäärä | päiväys | vastaanottaja | aihe | kopio | wysłano | wysłane | data wysłania | do | temat | dw | odesláno | komu | předmět | odoslané | predmet |
  elküldve | dátum | küldve | címzett | tárgy | másolat | trimis | către | subiect | gönderildi | gönderilme tarihi | tarih | kime | konu | στάλθηκε | ημερομηνία | προς | θέμα | изпратено | до | относно | послано | poslano | datum slanja | za | tema | zadeva | saadetud | kellele | teema | kuupäev |
  nosūtīts | datums | kam | temats | išsiųsta | kam | tema | ngày | ngày gửi | đã gửi | đến | tới | chủ đề | tanggal | dikirim | kepada | ke | subjek | perihal | נשלח | אל | נושא | תאריך | تاريخ | الإرسال | إلى | الموضوع | به | موضوع |
  prima | primatelj | adressaat | saaja | sujet | تاريخ الإرسال | تم الإرسال | 傳送時間 | 傳送日期 | 寄件日期 | 发送时间 | 发送日期 | 日期 | 时间 | 收件人 | 抄送 | 主题 | 傳送 | 日期 | 收件者 | 副本 | 主旨 | 送信日時 | 日時 | 宛先 | 件名 | 보낸 날짜 | 날짜 | 받는 사람 | 받는사람 | 제목 | 참조 | วันที่ | ถึง | เรื่อง | message du`

/** One line of a quoted header block: label, colon, value. Bold marks of plain text and French spaces before the colon are allowed. */
export const HEADER_FROM = new RegExp(
  `^\\s*[>*_|\\s]*(?:${list(LABELS_FROM)})\\s*\\*?\\s*[:：]\\s*\\*?(?:\\s|$|\\S)`,
  'iu',
)
export const HEADER_ANY = new RegExp(
  `^\\s*[>*_|\\s]*(?:${list(LABELS_FROM)}|${list(LABELS_OTHER)})\\s*\\*?\\s*[:：]\\s*\\*?(?:\\s|$|\\S)`,
  'iu',
)

/** Written by a device or program under the message. */
export const SENT_FROM = new RegExp(
  `^(?:${list(`
    sent from (?!our|the)| sent via | sent with | sent using | sent by | get outlook for | download outlook for | composed with | envoyé depuis | envoyé de | envoyé à partir d[e'’] | envoyé avec | télécharge[rz] outlook | obtenir outlook |
    отправлено с | отправлено из | отправлено через | отправлено от | послано с | скачать outlook | получите outlook | надіслано з | надіслано від | відправлено з | адпраўлена з | gesendet von | gesendet mit | von meinem .{1,40} gesendet | diese nachricht wurde von meinem | holen sie sich outlook | outlook für |
    enviado desde | enviado do | enviado da | enviado de | enviado con | enviado via | enviado a partir | obter o outlook | obtener outlook | inviato da | inviato con | ottieni outlook | scarica outlook | verzonden vanaf | verzonden met | verstuurd vanaf | outlook voor | download outlook |
    skickat från | hämta outlook | sendt fra | hent outlook | skaff deg outlook | lähetetty | hanki outlook | wysłane z | wysłano z | pobierz outlook | odesláno z | získat outlook | odoslané z | získať outlook | küldve az? | az outlook beszerzése | trimis de pe | trimis din | obțineți outlook |
    kaynağımdan gönderildi | .{1,30} cihazımdan gönderildi | .{1,30}['’]?(?:den|dan|ımdan|imden) gönderildi | στάλθηκε από | изпратено от | poslano iz | poslano s | poslato sa | saadetud minu | đã gửi từ | được gửi từ | dikirim dari | נשלח מ | أرسلت من | أُرسلت من | ارسال شده از |
    发自我的 | 发自 | 從我的 .{1,20} 傳送 | 傳送自 | 從我的 | .{1,20}から送信 | .{1,20}에서 보냄 | 나의 .{1,20}에서 보냄 | ส่งจาก
  `)})`,
  'iu',
)

/** A closing phrase that stands on its own line; what follows to the end is the signature. */
export const SIGN_OFF = new RegExp(
  `^(?:${list(`
    (?:with )?(?:(?:best|kind|kindest|warm|warmest|many|sincere|cordial) )*regards | best | all the best | best wishes | warm wishes | sincerely | sincerely yours | yours sincerely | yours faithfully | yours truly | yours | cheers | respectfully | cordially | rgds | br | kr | with gratitude | many thanks and regards |
    с (?:наилучшими|глубоким|искренним|большим|добрыми) (?:пожеланиями|уважением) | с уважением | с ув\\.? | с уважением,? .{0,30}ваш.{0,5} | искренне ваш[аи]? | всего доброго | всего хорошего | всего наилучшего | з повагою | з найкращими побажаннями | з павагай |
    mit (?:freundlichen|besten|herzlichen|lieben|vielen) grü(?:ß|ss)en | freundliche grü(?:ß|ss)e | (?:viele|liebe|beste|herzliche|schöne) grü(?:ß|ss)e | mfg | lg | vg | hochachtungsvoll |
    cordialement | bien cordialement | (?:bien )?à vous | sincères salutations | salutations | bien à toi | (?:un )?(?:cordial )?saludos?(?: cordiales)? | atentamente | un abrazo | atenciosamente | cumprimentos | com os melhores cumprimentos | abraços | att\\.? |
    cordiali saluti | distinti saluti | saluti | un saluto | met vriendelijke groet(?:en)? | vriendelijke groet(?:en)? | groeten | mvg | med vänliga? hälsning(?:ar)? | vänliga hälsningar | mvh | med venlig hilsen | venlig hilsen | med vennlig hilsen | vennlig hilsen | hilsen | ystävällisin terveisin | terveisin |
    pozdrawiam | z poważaniem | (?:z|s) pozdrav[ae]m | s pozdravem | s přáním hezkého dne | üdvözlettel | tisztelettel | cu stimă | cu respect | saygılarımla | saygılarımızla | i̇yi çalışmalar | με εκτίμηση | поздрави | с уважение | lp | lijep pozdrav | srdačan pozdrav | lugupidamisega | ar cieņu | pagarbiai | trân trọng | hormat kami | salam |
    此致 | 敬礼 | よろしくお願い(?:します|いたします) | 以上 | 감사합니다
  `)})\\s*[,.!،、。-]*(?:\\s*\\S{0,2})?$`,
  'iu',
)
