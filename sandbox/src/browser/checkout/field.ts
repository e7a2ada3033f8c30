import { type Html, html } from '../html.ts';

/** A labelled control with the place of its message; the input names that place in `aria-describedby`. */
export function field(name: string, label: string, input: Html, width: 'full' | 'half' = 'full'): Html {
  return html`<div class="field ${width}" data-field="${name}">
  <label for="${name}">${label}</label>
  <div class="control">${input}</div>
  <p class="error" id="${name}-error" aria-live="polite"></p>
</div>`;
}

interface InputTraits {
  autocomplete: string;
  value?: string;
  inputmode?: string;
  placeholder?: string;
  type?: string;
  maxlength?: number | null;
}

/** A line of text; its id is its name. */
export function textInput(name: string, traits: InputTraits): Html {
  const { autocomplete, value = '', inputmode, placeholder, type = 'text', maxlength } = traits;
  return html`<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" spellcheck="false"
    ${inputmode && html`inputmode="${inputmode}"`} ${placeholder && html`placeholder="${placeholder}"`}
    ${maxlength && html`maxlength="${maxlength}"`} value="${value}" aria-describedby="${name}-error">`;
}
