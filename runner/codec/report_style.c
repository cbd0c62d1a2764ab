/* The page's style. It is one text, because the policy in the page's head names its digest. On
 * paper it is black on white; what is drawn has patterns, and no meaning hangs on a colour. */
#include "codec/report_parts.h"

static const char *const parts[] = {
    "\n:root{color-scheme:light}"
    "*{box-sizing:border-box}"
    "body{font:15px/1.55 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\",\"DejaVu Sans\","
    "sans-serif;color:#1c1c1c;background:#fff;max-width:60rem;margin:0 auto;padding:2rem 1.25rem "
    "4rem}"
    "h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem;overflow-wrap:anywhere}"
    "h2{font-size:1.45rem;line-height:1.25;margin:3rem 0 .4rem;padding-top:1.2rem;"
    "border-top:2px solid #1c1c1c;overflow-wrap:anywhere}"
    "section:first-of-type h2{margin-top:1.4rem}"
    "h3{font-size:1.12rem;margin:2.2rem 0 .5rem;overflow-wrap:anywhere}"
    "p{margin:.4rem 0 .8rem;max-width:46rem;overflow-wrap:anywhere}"
    "p.about,p.more,p.note,footer{color:#4d4d4d}"
    "p.more,p.note{font-size:.9rem}"
    "a{color:inherit}",
    "dl.sums{display:grid;grid-template-columns:repeat(auto-fill,minmax(15.5rem,1fr));gap:.7rem;"
    "margin:1.1rem 0}"
    "dl.sums div{border:1px solid #bdbdbd;border-radius:4px;padding:.55rem .8rem .65rem}"
    "dl.sums dt{font-size:.85rem;color:#4d4d4d}"
    "dl.sums dd{margin:0;font-size:1.4rem;line-height:1.3;font-variant-numeric:tabular-nums}"
    "dl.sums dd.of{font-size:.85rem;line-height:1.4;color:#4d4d4d}"
    ".attention{border:1px solid #1c1c1c;border-left-width:6px;padding:.5rem 1rem .7rem;"
    "margin:1.1rem 0}"
    ".attention h3{margin-top:.3rem}"
    "pre{font:13px/1.5 ui-monospace,\"DejaVu Sans Mono\",Menlo,Consolas,monospace;"
    "background:#f2f2f2;border:1px solid #d6d6d6;border-radius:4px;padding:.35rem .7rem;"
    "margin:.2rem 0 .9rem;white-space:pre-wrap;overflow-wrap:anywhere}",
    ".table{overflow-x:auto;margin:.9rem 0}"
    "table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}"
    "caption{text-align:left;font-weight:600;padding:.2rem 0 .35rem;caption-side:top}"
    "th,td{text-align:left;vertical-align:top;padding:.28rem .8rem .28rem 0;"
    "border-bottom:1px solid #dedede}"
    "th:last-child,td:last-child{padding-right:.2rem}"
    "thead th{border-bottom:1.5px solid #1c1c1c;vertical-align:bottom;font-weight:600}"
    "tbody th{font-weight:400;white-space:nowrap}"
    "td{overflow-wrap:break-word}"
    "th.n,td.n{text-align:right;white-space:nowrap}"
    "tr.sum th,tr.sum td{font-weight:600;border-top:1.5px solid #1c1c1c;border-bottom:0}"
    ".w{white-space:nowrap}.any{overflow-wrap:anywhere;min-width:6.5rem}tbody "
    "th.any{white-space:normal}",
    ".pair{display:flex;flex-wrap:wrap;gap:0 2.5rem;align-items:flex-start}"
    "caption{white-space:nowrap}"
    ".next pre{margin-bottom:.7rem}.next p{margin-bottom:.2rem}"
    "figure{margin:.6rem 0 1rem;overflow-x:auto}"
    "svg{max-width:100%;height:auto;vertical-align:top;overflow:visible}"
    "svg.fills{position:absolute}"
    "svg text{font:12px system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\",\"DejaVu Sans\","
    "sans-serif;fill:#1c1c1c;font-variant-numeric:tabular-nums;paint-order:stroke;stroke:#fff;"
    "stroke-width:3px;stroke-linejoin:round}"
    "svg .rule{stroke:#dcdcdc;stroke-width:1;fill:none}"
    "svg .base{stroke:#4d4d4d;stroke-width:1;fill:none}"
    "p.legend{font-size:.88rem;margin:.2rem 0 .5rem}"
    "p.legend span{margin-right:1.3rem;white-space:nowrap}"
    "p.legend svg{vertical-align:-2px}"
    "footer{margin-top:3rem;padding-top:1rem;border-top:2px solid #1c1c1c;font-size:.9rem}",
    "@page{margin:16mm 14mm}"
    "@media print{body{font-size:10.5pt;max-width:none;padding:0;color:#000}"
    "h1{font-size:18pt}h2{font-size:14pt}h3{font-size:11.5pt}"
    "h2,h3,caption{break-after:avoid}"
    "figure,tr,pre,.attention,dl.sums div{break-inside:avoid}"
    ".table,figure{overflow:visible}"
    "table{font-size:8.8pt}"
    "th,td{padding-right:.6rem}"
    "thead{display:table-header-group}"
    "p.about,p.more,p.note,footer,dl.sums dt,dl.sums dd.of{color:#000}"
    "pre{background:#fff;border-color:#000}"
    "rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n",
};

void
report_style(struct buffer *out)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        buffer_text(out, parts[i]);
}
