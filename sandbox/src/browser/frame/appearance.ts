import type { Options } from '../shared/messages.ts';

const themes: Record<string, Record<string, string>> = {
  stripe: {},
  flat: { colorBackground: '#f1f1f1' },
  night: {
    colorBackground: '#30313d',
    colorText: '#ffffff',
    colorPrimary: '#85d996',
    colorDanger: '#fe87a1',
  },
};

/** The parts of the form that `appearance.rules` may name. */
const ruleSelector = /^\.(Input|Label|Error|Tab|TabLabel|AccordionItem|Block)(--\w+)?(:{1,2}[a-z-]+)?$/;

const rulesSheet = new CSSStyleSheet();

/**
 * Applies Stripe's appearance object: variables become custom properties that the stylesheet of the frame uses,
 * rules become rules of a sheet of their own. Values that would fetch something are left out.
 */
export function applyAppearance({ theme = 'stripe', variables = {}, rules = {} }: Options): void {
  const root = document.documentElement;
  root.removeAttribute('style');
  for (const [name, value] of Object.entries({ ...themes[theme], ...variables })) {
    if (isHarmless(value)) root.style.setProperty(`--${name}`, value);
  }
  rulesSheet.replaceSync('');
  for (const [selector, declarations] of Object.entries(rules)) {
    if (ruleSelector.test(selector)) addRule(selector, declarations as Options);
  }
  document.adoptedStyleSheets = [rulesSheet];
}

function addRule(selector: string, declarations: Options): void {
  const rule = rulesSheet.cssRules[rulesSheet.insertRule(`${selector} {}`)];
  if (!(rule instanceof CSSStyleRule)) return;
  for (const [name, value] of Object.entries(declarations)) {
    if (isHarmless(value)) rule.style.setProperty(cssName(name), value);
  }
}

/** The `style` option of a Card Element: `base`, `complete`, `empty` and `invalid`, each with pseudo-classes. */
export function applyLineStyle(style: Options): void {
  rulesSheet.replaceSync('');
  for (const [state, declarations] of Object.entries(style)) {
    const scope = state === 'base' ? '' : `.${state}`;
    if (!/^(base|complete|empty|invalid)$/.test(state)) continue;
    // As exact as the frame's own rule for these inputs, which it comes after and therefore replaces.
    addLineRules(`.line${scope} input`, declarations as Options);
  }
  document.adoptedStyleSheets = [rulesSheet];
}

function addLineRules(selector: string, declarations: Options): void {
  const plain: Options = {};
  for (const [name, value] of Object.entries(declarations)) {
    if (/^:{1,2}[a-z-]+$/.test(name)) addRule(selector + name, value);
    else plain[name] = value;
  }
  addRule(selector, plain);
}

function isHarmless(value: unknown): value is string {
  return typeof value === 'string' && !/url\(|image\(|@import/i.test(value);
}

function cssName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
