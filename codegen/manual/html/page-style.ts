/** The style of the page. Colours are chosen so that the smallest text has a contrast of 4.5 to 1 on every ground. */
export const pageStyle = `
:root{--ground:#fff;--ink:#1b1f23;--faint:#59626b;--line:#d5dae0;--link:#0a55a3;--panel:#f5f7f9;
--frame:#e9edf1;--flag:#fcefd0;--prefix:#deebfa;--mark:#fff3c4}
@media (prefers-color-scheme:dark){:root{--ground:#15181b;--ink:#e2e6ea;--faint:#9da7b1;--line:#343b43;--link:#82b8f4;
--panel:#1c2025;--frame:#272d33;--flag:#40351a;--prefix:#1c3048;--mark:#3c350f}}
*{box-sizing:border-box}
html{color-scheme:light dark;scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
display:grid;grid-template-columns:16.5rem minmax(0,1fr);-webkit-text-size-adjust:100%;text-size-adjust:100%}
code,pre,.ruler b{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em}
code{overflow-wrap:anywhere}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.18em}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem 1rem;z-index:2}
nav{position:sticky;top:0;height:100vh;overflow-y:auto;padding:1.5rem 1rem 2rem 1.25rem;border-right:1px solid var(--line);
font-size:.9rem;line-height:1.4}
nav ul{list-style:none;margin:0;padding:0}
nav ul ul{margin:.1rem 0 .5rem .8rem}
nav a{display:block;padding:.12rem .3rem;text-decoration:none;color:inherit;overflow-wrap:anywhere;border-radius:3px}
nav ul ul a{color:var(--faint)}
nav a:hover,nav a[aria-selected=true]{background:var(--prefix);color:var(--ink)}
nav input{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--faint);border-radius:4px;padding:.35rem .5rem}
nav ::placeholder{color:var(--faint);opacity:1}
nav .found{margin:.4rem 0 1rem}
nav .found small{color:var(--faint)}
nav search{display:block;margin-bottom:1rem}
main{padding:2rem clamp(1rem,4vw,3.5rem) 6rem;max-width:66rem;min-width:0}
h1,h2,h3,h4,h5,h6{line-height:1.25;margin:2.2em 0 .5em;font-weight:650;text-wrap:balance}
h1{font-size:1.9rem;margin-top:0}
h2{font-size:1.5rem;margin-top:3rem;padding-top:1.4rem;border-top:1px solid var(--line)}
h3{font-size:1.2rem}
h4,h5,h6,h3:has(code){font-size:1.15rem}
:is(h3,h4,h5) code{font-size:1em}
h4{margin-top:3.2rem}
h1 a,h2 a,h3 a,h4 a,h5 a{color:inherit;text-decoration:none}
h2 a:hover,h3 a:hover,h4 a:hover,h5 a:hover{text-decoration:underline}
:target{background:var(--mark)}
p,main>section>ul,section>section>ul{max-width:46rem}
p{margin:.5rem 0}
main ul:not(.key){margin:.5rem 0;padding-left:1.3rem}
.badges{color:var(--faint);font-size:.87rem;margin:.1rem 0 .6rem}
.badge+.badge::before{content:"\\00b7";margin:0 .5em}
.scroll{overflow-x:auto;margin:.9rem 0 1.3rem}
table{border-collapse:collapse;font-size:.9rem;line-height:1.45;width:100%;font-variant-numeric:tabular-nums}
table code{overflow-wrap:break-word}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{text-align:left;vertical-align:top;padding:.38rem .9rem .38rem 0;border-bottom:1px solid var(--line);font-weight:inherit}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--faint);font-size:.8rem;border-bottom-color:var(--faint);white-space:nowrap}
.definitions th,.definitions td:nth-child(2):not(:last-child){white-space:nowrap}
.definitions td:nth-child(2) code{white-space:normal}
.definitions td:last-child{min-width:12rem}
.grid th,.grid td{white-space:nowrap;padding-top:.2rem;padding-bottom:.2rem}
.grid td:last-child{white-space:normal;min-width:13rem}
.d1{padding-left:1.1rem}.d2{padding-left:2.2rem}
small{color:var(--faint);font-size:.92em}
figure{margin:1.2rem 0}
figcaption{font-size:.87rem;color:var(--faint);margin-bottom:.35rem}
.key{display:flex;flex-wrap:wrap;gap:.4rem;font-size:.8rem;list-style:none;margin:.8rem 0;padding:0}
.key li{padding:.1rem .6rem;border:1px solid var(--faint)}
.ruler{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;row-gap:.35rem}
.ruler li{display:flex;flex-direction:column;min-width:calc(var(--w,4)*1.5rem);padding:0 .5rem .25rem;margin:0 -1px 0 0;
border:1px solid var(--faint);font-size:.82rem;line-height:1.4;position:relative;max-width:100%;background-color:var(--ground)}
.ruler span{color:var(--faint);font-size:.72rem;height:1.05rem;margin:0 -.5rem .1rem;padding:.1rem .25rem 0;
background:repeating-linear-gradient(90deg,transparent 0 var(--o,0%),var(--faint) var(--o,0%) calc(var(--o,0%) + 1px),transparent calc(var(--o,0%) + 1px) var(--p,100%)) 0 0/100% 4px no-repeat}
.ruler .open span{background:none}
.ruler b{font-weight:600;font-size:.8rem}
.ruler code{font-size:.75rem}
.ruler small{font-size:.75rem}
li.frame{background:var(--frame)}li.flag{background:var(--flag)}li.prefix{background:var(--prefix)}
li.fill{background:repeating-linear-gradient(135deg,var(--frame) 0 3px,var(--ground) 3px 7px)}
li.maybe{border-style:dashed}
li.open{border-right:4px double}
.dump{margin:.2rem 0 .5rem;padding:.6rem .75rem;background:var(--panel);border-radius:4px;white-space:pre-wrap;line-height:1.75;font-size:.82rem}
.dump span,.dump b{font-weight:inherit;padding:.12rem 0}
.dump b{background:var(--prefix)}
.parts{font-size:.84rem}
.parts td{padding-top:.22rem;padding-bottom:.22rem}
.parts td:nth-child(2),.parts td:nth-child(3){font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em;line-height:1.6}
.parts td:nth-child(2){min-width:11.2rem;max-width:17rem}
.parts td:nth-child(3){min-width:11rem;max-width:20rem;overflow-wrap:break-word}
.parts td:last-child{min-width:10rem}
.parts td:first-child{color:var(--faint)}
.flow svg{display:block;max-width:100%;height:auto;font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.flow text{text-anchor:middle;fill:var(--ink)}
.flow a text{fill:var(--link)}
.flow .head{font-weight:600}
.flow .note,.flow .alt{font-size:11px;fill:var(--faint)}
.flow .alt{text-anchor:start;font-style:italic}
.flow path,.flow rect{fill:none;stroke:var(--ink)}
.flow .tip{fill:var(--ink);stroke:none}
.flow .life{stroke:var(--faint)}
.flow .answer{stroke-dasharray:5 4}
.flow .or{stroke:var(--line)}
.index{columns:17rem;font-size:.88rem;line-height:1.4}
.index div{break-inside:avoid;padding:.12rem 0 .12rem 1rem;text-indent:-1rem}
.index a{text-decoration:none}
.index a:hover{text-decoration:underline}
.index dt,.index dd{display:inline;margin:0}
.index dt{font-weight:600}
.index dt::after{content:" "}
@media screen and (max-width:52rem){
body{display:block}
nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line);padding:1rem}
nav>ul{columns:9rem}
nav>ul ul{display:none}
nav a{padding:.3rem}
.definitions,.definitions tbody,.definitions tr,.definitions td,.definitions th{display:block}
.definitions thead{display:none}
.definitions tr{border-bottom:1px solid var(--line);padding:.45rem 0}
.definitions th,.definitions td{border:0;padding:.05rem 0}
.definitions th,.definitions td:nth-child(2){display:inline-block;margin-right:1rem}
.definitions td:empty{display:none}
.definitions td:nth-child(2):last-child{display:block}
.definitions th,.definitions td:nth-child(2):not(:last-child){white-space:normal}
}
@media print{
:root{--ground:#fff;--ink:#000;--faint:#444;--line:#aaa;--link:#000;--panel:#f4f4f4;--frame:#eee;--flag:#f6ecd2;--prefix:#e3edf8;--mark:none}
body{display:block;font-size:10pt}
nav,.skip{display:none}
main{max-width:none;padding:0}
.scroll{overflow:visible}
figure,tr{break-inside:avoid}
h2,h3,h4,h5{break-after:avoid}
a{text-decoration:none}
.ruler li,.dump,.dump b{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
