import { describe, expect, it } from 'vitest'
import ar from './locales/ar.json' with { type: 'json' }
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }
import es from './locales/es.json' with { type: 'json' }
import fr from './locales/fr.json' with { type: 'json' }
import ja from './locales/ja.json' with { type: 'json' }
import ptBR from './locales/pt-BR.json' with { type: 'json' }
import zhCN from './locales/zh-CN.json' with { type: 'json' }

// Things of a forum are called what Discourse calls them in that language (its config/locales/client.*.yml), wherever
// English names one; and nobody is addressed in two ways.

const translations = { ar, de, es, fr, ja, 'pt-BR': ptBR, 'zh-CN': zhCN }
type Translation = keyof typeof translations

const entries = (texts: object, prefix = ''): readonly (readonly [key: string, text: string])[] =>
  Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? entries(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, String(value)] as const],
  )
const english = entries(en).map(([key, text]) => [key, text.replace(/\{\{.*?\}\}/g, '')] as const)

/** The English term, and where it is used each language's own. */
const terms: (readonly [english: RegExp, own: Readonly<Record<Translation, RegExp>>])[] = [
  [
    /\btopics?\b/i,
    {
      ...{ ar: /موضوع/, de: /them(a|en)/i, es: /tema/i, fr: /sujet/i, ja: /トピック/ },
      ...{ 'pt-BR': /tópico/i, 'zh-CN': /话题/ },
    },
  ],
  [
    /\bposts?\b(?! in| nothing)/i,
    {
      ...{ ar: /منشور/, de: /beitr[aä]g/i, es: /publicaci/i, fr: /message/i, ja: /投稿/ },
      ...{ 'pt-BR': /postage/i, 'zh-CN': /帖子/ },
    },
  ],
  [
    /\bmention/i,
    {
      ...{ ar: /أشار|إشار/, de: /erwähn/i, es: /menci/i, fr: /mention/i, ja: /メンション/ },
      ...{ 'pt-BR': /menç|mencion/i, 'zh-CN': /提及/ },
    },
  ],
  [
    /\bnotifications?\b/i,
    {
      ...{ ar: /إشعار/, de: /benachrichtigung/i, es: /notificaci/i, fr: /notification/i, ja: /通知/ },
      ...{ 'pt-BR': /notificaç/i, 'zh-CN': /通知/ },
    },
  ],
  [
    /personal (and chat )?message/i,
    {
      ...{ ar: /شخصي/, de: /persönlich/i, es: /mensajes? personal/i, fr: /messages? direct/i, ja: /個人メッセージ/ },
      ...{ 'pt-BR': /mensage(m|ns) pesso/i, 'zh-CN': /个人消息/ },
    },
  ],
  [
    /\bchat\b/i,
    {
      ...{ ar: /دردش/, de: /chat/i, es: /chat/i, fr: /discussion/i, ja: /チャット/ },
      ...{ 'pt-BR': /chat/i, 'zh-CN': /聊天/ },
    },
  ],
  [
    /\bearned .*badge\b/i,
    {
      ...{ ar: /شارة/, de: /abzeichen/i, es: /medalla/i, fr: /badge/i, ja: /バッジ/ },
      ...{ 'pt-BR': /emblema/i, 'zh-CN': /徽章/ },
    },
  ],
  [
    /bookmark/i,
    {
      ...{ ar: /إشارة مرجعية/, de: /lesezeichen/i, es: /marcador/i, fr: /signet/i, ja: /ブックマーク/ },
      ...{ 'pt-BR': /favorito/i, 'zh-CN': /书签/ },
    },
  ],
  [
    /\blike[ds]\b/i,
    {
      ...{ ar: /عجب|عجاب/, de: /gef[aä]ll/i, es: /gusta/i, fr: /aimé|J’aime/, ja: /「いいね！」/ },
      ...{ 'pt-BR': /curti/i, 'zh-CN': /赞/ },
    },
  ],
  [
    /do not disturb/i,
    {
      ...{ ar: /عدم الإزعاج/, de: /Nicht stören/, es: /No molestar/, fr: /Ne pas déranger/, ja: /おやすみモード/ },
      ...{ 'pt-BR': /Não perturbe/, 'zh-CN': /勿扰/ },
    },
  ],
  [
    /\brevok/i,
    {
      ...{ ar: /إلغا|لغ/, de: /entz(ieh|og)/i, es: /revo[cq]/i, fr: /révo[cq]/i, ja: /取り消/ },
      ...{ 'pt-BR': /revog/i, 'zh-CN': /撤消/ },
    },
  ],
  [
    /\breview/i,
    {
      ...{ ar: /مراجع/, de: /überprüfung/i, es: /revis/i, fr: /examen|examiner/i, ja: /レビュー/ },
      ...{ 'pt-BR': /revis/i, 'zh-CN': /审核/ },
    },
  ],
  [
    /\breacted/i,
    {
      ...{ ar: /تفاعل/, de: /reaktion/i, es: /reacci/i, fr: /réact|réagi/i, ja: /リアクション/ },
      ...{ 'pt-BR': /reaç|reagi/i, 'zh-CN': /回应/ },
    },
  ],
  [
    /trust level/i,
    {
      ...{ ar: /مستوى ثق/, de: /vertrauensstufe/i, es: /nivel de confianza/i, fr: /niveau de confiance/i },
      ...{ ja: /信頼レベル/, 'pt-BR': /nível de confiança/i, 'zh-CN': /信任级别/ },
    },
  ],
  [
    /requests? to join/i,
    {
      ...{ ar: /طلبا?ت? عضوية/, de: /mitgliedschaftsanfrage/i, es: /solicitud(es)? de membresía/i },
      ...{ fr: /demandes? d’adhésion/i, ja: /メンバーシップリクエスト/, 'pt-BR': /solicitaç(ão|ões) de associação/i },
      'zh-CN': /成员资格请求/,
    },
  ],
  [
    /forum’s dashboard/i,
    {
      ...{
        ar: /لوحة معلومات/,
        de: /dashboard/i,
        es: /panel de control/i,
        fr: /tableau de bord/i,
        ja: /ダッシュボード/,
      },
      ...{ 'pt-BR': /painel de controle/i, 'zh-CN': /信息中心/ },
    },
  ],
  [
    /\binbox/i,
    {
      ...{
        ar: /البريد الوارد/,
        de: /posteing/i,
        es: /bandejas? de entrada/i,
        fr: /boîtes? de réception/i,
        ja: /受信トレイ/,
      },
      ...{ 'pt-BR': /caixas? de entrada/i, 'zh-CN': /收件箱/ },
    },
  ],
]

/** More of the same, a term a line: English, ar, de, es, fr, ja, pt-BR, zh-CN. */
const glossary = `
\\brepl(y|ies|ied)\\b        ; رد|ردّ ; antwort ; respuesta|respondi ; répon ; 返信 ; respost|respond ; 回复
\\bquoted\\b                 ; اقتبس ; zitiert ; citó ; cité ; 引用 ; citou ; 引用
\\b(un)?muted?\\b            ; كتم|مكتوم|كُتم ; stumm|aufheb ; silencia ; sourdine|rétabl ; ミュート ; silencia ; 免打扰|关闭桌面通知
\\bsign(ing)?[- ]in\\b       ; الدخول|دخول|سجّل ; anmeld|melde ; sesión ; conne|identif ; ログイン ; login|entr|conect ; 登录
\\bkeychain\\b               ; سلسلة (ال)?مفاتيح ; schlüsselbund ; llavero ; trousseau ; キーチェーン ; chaveiro ; 钥匙串
\\bsnooz                     ; أج|ؤجل ; zurück ; pospu|pospon|pospón ; rappel ; スヌーズ ; adi ; 推迟
\\bquiet hours\\b            ; ساعات (ال)?هدوء ; ruhezeit ; horas de silencio ; heures calmes ; サイレント時間 ; horas de silêncio ; 安静时段
\\badministrator             ; مسؤول ; administration ; administra ; administra ; 管理者|担当 ; administra ; 管理
\\bunread\\b                 ; غير (ال)?مقروء ; ungelesen ; (no|sin) le(ída|er) ; non lu|tout est lu ; 未読 ; não lid|tudo lido ; 未读
\\baccounts?\\b              ; حساب ; konto|konten ; cuenta ; compte ; アカウント ; conta ; 帐户
\\baccess\\b                 ; وصول ; zugriff ; acceso ; accès ; アクセス ; acesso ; 访问
\\buser API key              ; مفاتيح API للمستخدم ; Benutzer-API-Schlüssel ; claves de API de usuario ; clés d’API utilisateur ; ユーザー API キー ; chaves de API do usuário ; 用户 API 密钥
\\blive (updates|channel)    ; مباشر ; live ; tiempo real ; direct ; リアルタイム ; tempo real ; 实时
\\bmark(ed)? .*as read\\b    ; مقروء ; gelesen ; leíd ; comme lu ; 既読 ; como lid ; 已读
\\bprox(y|ies)\\b            ; وكيل ; proxy ; proxy ; proxy ; プロキシ ; proxy ; 代理
\\bcertificates?\\b          ; شهاد ; zertifikat ; certificado ; certificat ; 証明書 ; certificado ; 证书
\\bone-time login token      ; رم(ز|وز) تسجيل ; Anmelde-Token ; códigos? de inicio de sesión ; jetons? de connexion ; ワンタイムログイントークン ; tokens? de acesso único ; 一次性登录令牌
\\blink(ed)? to\\b            ; رابط|روابط ; verlink ; enlaz ; lien ; リンク ; vincul ; 链接
\\binvited?\\b                ; دعا|دعو ; einladung|eingeladen ; invit ; invit ; 招待 ; convid|convit ; 邀请
\\binvitation\\b              ; دعو ; einladung ; invitaci ; invitation ; 招待 ; convite ; 邀请
\\b(edited your post|(suggested an|your) edit)\\b ; عدّل|تعديل ; bearbeit ; edit|edici ; modifi ; 編集 ; edit|edição ; 编辑
(?<!be )\\bassigned\\b         ; تعيين ; zugewiesen ; asign ; attribué ; 割り当て ; atribu ; 指定
\\bmoved your post\\b         ; نقل ; verschoben ; movi ; déplacé ; 移動 ; moveu ; 移
\\bposted in\\b               ; نشر ; geschrieben ; publicó ; publié ; 投稿 ; postou ; 发布
\\bwas approved\\b            ; الموافقة ; genehmigt ; aprob ; approuvé ; 承認 ; aprovad ; 批准
\\b(your|a) group\\b          ; مجموع ; gruppe ; grupo ; groupe ; グループ ; grupo ; 群组|分组
\\bmember of\\b               ; عضو ; mitglied ; parte ; partie ; メンバー ; parte ; 成员
\\breminders?\\b              ; تذكير ; erinnerung ; recordatorio ; rappel ; リマインダー ; lembrete ; 提醒
\\bthread\\b                  ; سلسلة ; thread ; hilo ; fil ; スレッド ; conversa ; 消息串
\\bvote\\b                    ; صوت ; stimme ; voto ; vote ; 票 ; voto ; 票
\\bsolution\\b                ; حل ; lösung ; solución ; solution ; 解決策 ; solução ; 解决方案
\\bofficial warning\\b        ; تحذير.* رسمي ; offizielle warnung ; advertencia oficial ; avertissement officiel ; 公式の警告 ; aviso oficial ; 官方警告
\\bcommented on\\b            ; علّق ; kommentiert ; comentó ; commenté ; コメント ; comentou ; 评论
\\bfollowing you\\b           ; متابع ; folgt ; seguir ; suit ; フォロー ; seguir ; 关注
\\bcircles\\b                 ; دوائر ; kreise ; círculos ; cercles ; サークル ; círculos ; 圈子
\\bboosted\\b                 ; عزّز ; boost ; boost ; boosté ; ブースト ; boost ; 加油
\\bnew features\\b            ; ميزات جديدة ; neue funktionen ; funciones nuevas ; nouvelles fonctionnalités ; 新機能 ; novos recursos ; 新功能
\\bstarted $                 ; إنشاء ; erstellt ; creó ; créé ; 作成 ; criou ; 创建
^a message$|sent you a message ; رسالة ; nachricht ; mensaje ; message direct ; メッセージ ; mensagem ; 消息
\\bwrote in\\b                ; كتب ; geschrieben ; escribió ; écrit ; 送り ; escreveu ; 发了消息
\\bcommits\\b                 ; إيداع ; commits ; commits ; commits ; コミット ; commits ; 提交
\\bevent\\b                   ; حدث ; veranstaltung ; evento ; événement ; イベント ; evento ; 活动
\\bpreferences, apps\\b       ; التفضيلات.*التطبيقات ; einstellungen, apps ; preferencias, aplicaciones ; préférences, applications ; 「設定」の「アプリ連携」 ; preferências, aplicativos ; “偏好设置”的“应用”
\\bread-only\\b               ; القراءة فقط ; nur-lesen ; solo lectura ; lecture seule ; 読み取り専用 ; somente leitura ; 只读
\\btrays?\\b                  ; علبة النظام ; infobereich ; bandeja ; notification ; トレイ ; bandeja ; 托盘
`
const languagesOfGlossary = ['ar', 'de', 'es', 'fr', 'ja', 'pt-BR', 'zh-CN'] as const
for (const line of glossary.trim().split('\n')) {
  const [named, ...own] = line.split(' ; ').map((cell) => new RegExp(cell.trim(), 'i'))
  const words = Object.fromEntries(languagesOfGlossary.map((language, place) => [language, own[place] ?? /$^/]))
  terms.push([named ?? /$^/, words as Record<Translation, RegExp>])
}

/** What Discourse does not say in a language: the other form of address, and what is no word of it. */
const notSaid: Readonly<Record<keyof typeof translations | 'en', RegExp>> = {
  ar: /المُخطِر/,
  de: /\b(Ihnen|Ihre[mnrs]?|widerruf\w*)\b/,
  en: /\w'\w|\b(anew|was gone|is gone|by itself|by themselves|if it stays so)\b/,
  es: /\b(usted(es)?|vosotros|notificador|en directo)\b/i,
  fr: /\w'\w|vous a (mentionné|cité|invité)(?!\(e\))|(?<!\p{L})(tu|toi|ton|notificateur)(?!\p{L})/iu,
  ja: /アラート|通知プログラム|静かな時間|既定|エクスポート/,
  'pt-BR': /\b(tu|teu|tua|vós|notificador|novamente)\b/i,
  'zh-CN': /你|私信|撤销(?!$)|通知程序|密钥链|标为/,
}

describe.each(Object.keys(translations) as Translation[])('in %s', (language) => {
  const own = new Map(entries(translations[language]))

  it.each(terms)('%s is what Discourse says for it', (named, words) => {
    const keys = english.filter(([key, text]) => named.test(text) && own.has(key)).map(([key]) => key)
    expect(keys.length).toBeGreaterThan(0)
    expect(keys.filter((key) => !words[language].test(own.get(key) ?? ''))).toEqual([])
  })
})

it('each sentence on a notification has one of the terms, or says only that something is new', () => {
  const general =
    /^notification\.(somebody|and(Another|Others)|titled|something|event(Begins|GoingOn|Over)|upcoming|aChange)/
  const own = english.filter(([key]) => key.startsWith('notification.') && !general.test(key))
  expect(own.filter(([, text]) => !terms.some(([named]) => named.test(text))).map(([key]) => key)).toEqual([])
})

it.each(Object.entries(notSaid))('in %s nothing is said that Discourse does not say', (language, words) => {
  const texts = entries(language === 'en' ? en : translations[language as Translation])
  expect(texts.filter(([, text]) => words.test(text))).toEqual([])
})
