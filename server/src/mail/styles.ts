import { Html } from './html.ts';

/** The colours are those of web/src/styles/tokens.css. Mail programs know no variables, so each stands where it is used. */
const fonts =
  "font-family:Inter,-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const text = `${fonts};color:#1b1b18`;
const muted = `${fonts};color:#5f5f58`;
const row = 'padding:10px 16px;vertical-align:top;font-size:14px;line-height:20px';
const ruled = 'border-top:1px solid #e3e3df';
const breaks = 'word-break:break-word;overflow-wrap:anywhere';
const figures = 'font-variant-numeric:tabular-nums;white-space:nowrap';

export const styles = {
  body: 'margin:0;padding:0;width:100%;background-color:#fbfbfa;-webkit-text-size-adjust:100%',
  preheader:
    'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all',
  frame: 'background-color:#fbfbfa',
  margin: 'padding:24px 16px 40px',
  column: 'max-width:600px;table-layout:fixed',
  brand: `${text};padding:8px 32px 20px;font-size:18px;line-height:24px;font-weight:600;letter-spacing:-0.01em`,
  brandLink: 'color:#1b1b18;text-decoration:none',
  card: `background-color:#ffffff;border:1px solid #e3e3df;border-radius:12px;padding:32px;${breaks}`,
  title: `${text};margin:0 0 12px;font-size:26px;line-height:32px;font-weight:600;letter-spacing:-0.02em`,
  paragraph: `${text};margin:0 0 12px;font-size:16px;line-height:24px`,
  panel: 'margin:12px 0 8px;background-color:#f4f4f2;border-radius:8px;border-collapse:separate',
  firstLabel: `${muted};${row};width:34%`,
  label: `${muted};${row};width:34%;${ruled}`,
  firstValue: `${text};${row};font-weight:500;${breaks}`,
  value: `${text};${row};font-weight:500;${breaks};${ruled}`,
  factLink: 'color:#1b1b18;text-decoration:underline',
  buttonFrame: 'margin:20px 0 0;border-collapse:separate',
  buttonCell: 'background-color:#1f5f4a;border-radius:8px',
  button: `${fonts};display:inline-block;padding:14px 24px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:8px`,
  note: `${muted};margin:16px 0 0;font-size:14px;line-height:20px`,
  subtitle: `${text};margin:36px 0 0;font-size:18px;line-height:24px;font-weight:600;letter-spacing:-0.01em`,
  placed: `${muted};margin:2px 0 8px;font-size:14px;line-height:20px`,
  table: 'border-collapse:collapse',
  item: `${text};padding:12px 16px 12px 0;font-size:15px;line-height:22px;vertical-align:top;border-bottom:1px solid #e3e3df;${breaks}`,
  detail: `${muted};font-size:14px;line-height:20px`,
  amount: `${text};padding:12px 0;font-size:15px;line-height:22px;vertical-align:top;border-bottom:1px solid #e3e3df;${figures}`,
  gap: 'height:10px;font-size:10px;line-height:10px',
  sumLabel: `${muted};padding:3px 16px 3px 0;font-size:15px;line-height:22px`,
  sum: `${text};padding:3px 0;font-size:15px;line-height:22px;${figures}`,
  totalLabel: `${text};padding:8px 16px 8px 0;font-size:17px;line-height:24px;font-weight:600`,
  total: `${text};padding:8px 0;font-size:17px;line-height:24px;font-weight:600;${figures}`,
  address: `${text};margin:6px 0 0;font-size:15px;line-height:22px`,
  footer: `${muted};padding:24px 32px 0;font-size:13px;line-height:19px;${breaks}`,
} as const;

export const darkStyles = new Html(`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a.button:hover { opacity: 0.92; }
@media (max-width: 480px) {
  .margin { padding: 12px 8px 32px !important; }
  .inset { padding-left: 20px !important; padding-right: 20px !important; }
  .wide { width: 100% !important; }
  a.button { display: block !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #121311 !important; }
  .card { background-color: #1a1b19 !important; border-color: #32332f !important; }
  .panel { background-color: #222320 !important; }
  .line { border-color: #32332f !important; }
  .text { color: #f1f1ee !important; }
  .muted { color: #a9aaa2 !important; }
  .button { background-color: #6cc7a4 !important; color: #0c1f18 !important; }
}
`);
